package dev.latchkey.account;

import dev.latchkey.db.Sql;
import java.time.Instant;

/** The table {@code known_addresses}. */
final class KnownAddressDao {
    static final String DELETE_UNUSED = """
            DELETE FROM known_addresses WHERE (user_id, network) IN (
                SELECT user_id, network FROM known_addresses WHERE last_sign_in_at < ?
                ORDER BY last_sign_in_at LIMIT ?)""";

    boolean hasAny(Sql sql, long userId) {
        return sql.exists("SELECT 1 FROM known_addresses WHERE user_id = ? LIMIT 1", userId);
    }

    boolean has(Sql sql, long userId, String network) {
        return sql.exists("SELECT 1 FROM known_addresses WHERE user_id = ? AND network = ?", userId, network);
    }

    boolean usedSince(Sql sql, long userId, String network, Instant since) {
        return sql.exists(
                "SELECT 1 FROM known_addresses WHERE user_id = ? AND network = ? AND last_sign_in_at > ?",
                userId,
                network,
                since);
    }

    void note(Sql sql, long userId, String network, Instant now) {
        sql.update("""
                INSERT INTO known_addresses (user_id, network, first_sign_in_at, last_sign_in_at) VALUES (?, ?, ?, ?)
                ON CONFLICT (user_id, network) DO UPDATE SET last_sign_in_at = ?""", userId, network, now, now, now);
    }

    int deleteUnusedSince(Sql sql, Instant time, int limit) {
        return sql.update(DELETE_UNUSED, time, limit);
    }
}
