package dev.latchkey.audit;

import java.time.Instant;

/** One row of the audit log; {@code username}, {@code target} and {@code detail} are null where there is none. */
public record AuditEntry(
        long id,
        Instant at,
        Long actorId,
        String username,
        String action,
        Target target,
        String ip,
        String userAgent,
        long count,
        String detail) {}
