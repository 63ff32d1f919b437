package dev.latchkey.audit;

import java.time.Instant;

/** Which rows of the audit log to show; null means any. {@code since} is inclusive, {@code until} exclusive. */
public record AuditFilter(Long actorId, String action, Instant since, Instant until) {}
