package dev.latchkey.audit;

import java.time.Instant;

/** The last row already shown; the next page begins behind it. */
public record AuditCursor(Instant at, long id) {}
