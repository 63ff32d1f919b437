package dev.latchkey.library;

/**
 * Which media to show; null means any. {@code uploaded} bounds the time of upload, {@code taken} the place in the
 * timeline, and {@code q} is the text that a person typed into a search field.
 */
public record MediaFilter(Kind kind, Long uploaderId, String tag, Span uploaded, Span taken, String q) {
    /** Everything. */
    public static final MediaFilter NONE = new MediaFilter(null, null, null, null, null, null);

    public MediaFilter {
        uploaded = uploaded == null ? Span.ALWAYS : uploaded;
        taken = taken == null ? Span.ALWAYS : taken;
    }
}
