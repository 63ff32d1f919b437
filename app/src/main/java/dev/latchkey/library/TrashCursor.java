package dev.latchkey.library;

import java.time.Instant;

/** The last row of the trash already shown; the next page begins behind it. */
public record TrashCursor(Instant trashedAt, long id) {}
