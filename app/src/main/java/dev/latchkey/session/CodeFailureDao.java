package dev.latchkey.session;

import dev.latchkey.db.Sql;
import java.time.Instant;
import java.util.Optional;

/** The table {@code code_failures}. */
final class CodeFailureDao {
    static final String DELETE_OLD = """
            DELETE FROM code_failures WHERE id IN (
                SELECT id FROM code_failures WHERE failed_at <= ? ORDER BY failed_at LIMIT ?)""";

    void insert(Sql sql, String network, Instant now) {
        sql.update("INSERT INTO code_failures (network, failed_at) VALUES (?, ?)", network, now);
    }

    /** When the {@code nth} newest of a network's failures between these two times was, from 1. */
    Optional<Instant> nth(Sql sql, String network, long nth, Instant after, Instant until) {
        return sql.one("""
                SELECT failed_at FROM code_failures WHERE network = ? AND failed_at > ? AND failed_at <= ?
                ORDER BY failed_at DESC LIMIT 1 OFFSET ?""", row -> row.instant("failed_at"), network, after, until, nth - 1);
    }

    /** As {@link #nth(Sql, String, long, Instant, Instant)}, of everybody's. */
    Optional<Instant> nth(Sql sql, long nth, Instant after, Instant until) {
        return sql.one("""
                SELECT failed_at FROM code_failures WHERE failed_at > ? AND failed_at <= ?
                ORDER BY failed_at DESC LIMIT 1 OFFSET ?""", row -> row.instant("failed_at"), after, until, nth - 1);
    }

    int deleteOld(Sql sql, Instant before, int limit) {
        return sql.update(DELETE_OLD, before, limit);
    }
}
