package dev.latchkey.library;

import java.time.Instant;

/**
 * Which media to show; null means any. {@code from} (inclusive) and {@code to} (exclusive) bound the time of upload,
 * {@code q} is the text that a person typed into a search field.
 */
public record MediaFilter(Kind kind, Long uploaderId, String tag, Instant from, Instant to, String q) {
    /** Everything. */
    public static final MediaFilter NONE = new MediaFilter(null, null, null, null, null, null);
}
