package dev.latchkey.session;

import dev.latchkey.db.Sql;
import java.time.Instant;
import java.util.Optional;

/** The table {@code sign_in_challenges}. */
final class ChallengeDao {
    /** A challenge that still counts. */
    record Live(long id, long userId, String deviceName) {}

    static final int MAX_FAILURES = 5;

    static final String DELETE_EXPIRED = """
            DELETE FROM sign_in_challenges WHERE id IN (
                SELECT id FROM sign_in_challenges WHERE expires_at <= ? ORDER BY expires_at LIMIT ?)""";

    void insert(Sql sql, long userId, String tokenHash, long epoch, String deviceName, Instant now, Instant expiresAt) {
        sql.update("""
                INSERT INTO sign_in_challenges (user_id, token_hash, credential_epoch, device_name, created_at,
                    expires_at)
                VALUES (?, ?, ?, ?, ?, ?)""", userId, tokenHash, epoch, deviceName, now, expiresAt);
    }

    /** A challenge that was not used, has tries left, and whose person may still act and has the same password. */
    Optional<Live> find(Sql sql, String tokenHash, Instant now) {
        return sql.one(
                """
                SELECT c.id, c.user_id, c.device_name FROM sign_in_challenges c JOIN users u ON u.id = c.user_id
                WHERE c.token_hash = ? AND c.used_at IS NULL AND c.expires_at > ? AND c.failures < ?
                    AND c.credential_epoch = u.credential_epoch AND u.active = 1
                    AND (u.membership_ends_at IS NULL OR u.membership_ends_at > ?)""",
                row -> new Live(row.number("id"), row.number("user_id"), row.text("device_name")),
                tokenHash,
                now,
                MAX_FAILURES,
                now);
    }

    /** Uses a challenge up; false when it was, or has run out of tries. */
    boolean use(Sql sql, long id, Instant now) {
        return sql.update("""
                        UPDATE sign_in_challenges SET used_at = ?
                        WHERE id = ? AND used_at IS NULL AND expires_at > ? AND failures < ?""", now, id, now, MAX_FAILURES) > 0;
    }

    void countFailure(Sql sql, long id) {
        sql.update("UPDATE sign_in_challenges SET failures = failures + 1 WHERE id = ?", id);
    }

    int deleteExpired(Sql sql, Instant now, int limit) {
        return sql.update(DELETE_EXPIRED, now, limit);
    }
}
