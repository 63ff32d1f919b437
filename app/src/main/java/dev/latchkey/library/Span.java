package dev.latchkey.library;

import java.time.Instant;

/** A stretch of time: {@code from} belongs to it and {@code to} does not; null means without an end on that side. */
public record Span(Instant from, Instant to) {
    /** All of time. */
    public static final Span ALWAYS = new Span(null, null);
}
