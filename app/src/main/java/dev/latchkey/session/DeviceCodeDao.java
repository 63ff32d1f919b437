package dev.latchkey.session;

import dev.latchkey.account.User;
import dev.latchkey.audit.Actor;
import dev.latchkey.db.Row;
import dev.latchkey.db.Sql;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The table {@code device_codes}. */
final class DeviceCodeDao {
    enum State {
        PENDING,
        APPROVED,
        DENIED,
        /** Its tokens were handed out. */
        USED
    }

    /** What a poll finds; {@code polledAt} is null at the first one. */
    record Polled(long id, State state, String clientName, Instant expiresAt, Duration interval, Instant polledAt) {}

    static final String DELETE_EXPIRED = """
            DELETE FROM device_codes WHERE id IN (
                SELECT id FROM device_codes WHERE expires_at <= ? ORDER BY expires_at LIMIT ?)""";

    int countPending(Sql sql, String ip, Instant now) {
        return sql.one(
                        "SELECT count(*) AS n FROM device_codes WHERE expires_at > ? AND state = 'pending' AND ip = ?",
                        row -> (int) row.number("n"),
                        now,
                        ip)
                .orElseThrow();
    }

    /** False when another row has this user code. */
    boolean insert(
            Sql sql, String deviceHash, String userHmac, String clientName, Actor where, Instant now, Instant end) {
        return sql.update("""
                        INSERT INTO device_codes (device_code_hash, user_code_hmac, client_name, ip, user_agent, state,
                            created_at, expires_at)
                        VALUES (?, ?, ?, ?, ?, 'pending', ?, ?) ON CONFLICT (user_code_hmac) DO NOTHING""", deviceHash, userHmac, clientName, where.ip(), where.userAgent(), now, end) > 0;
    }

    Optional<WaitingDevice> findPending(Sql sql, String userHmac, Instant now) {
        return sql.one(
                "SELECT * FROM device_codes WHERE user_code_hmac = ? AND state = 'pending' AND expires_at > ?",
                DeviceCodeDao::waiting,
                userHmac,
                now);
    }

    /** Decides about a device that waits, for a person who may still act as they were let in; empty otherwise. */
    Optional<WaitingDevice> decide(Sql sql, String userHmac, State decision, User user, Instant now) {
        return sql.one(
                """
                UPDATE device_codes SET state = ?, user_id = ?, credential_epoch = ?
                WHERE user_code_hmac = ? AND state = 'pending' AND expires_at > ? AND EXISTS (
                    SELECT 1 FROM users u WHERE u.id = ? AND u.credential_epoch = ? AND u.active = 1
                        AND (u.membership_ends_at IS NULL OR u.membership_ends_at > ?))
                RETURNING *""",
                DeviceCodeDao::waiting,
                decision,
                user.id(),
                user.credentialEpoch(),
                userHmac,
                now,
                user.id(),
                user.credentialEpoch(),
                now);
    }

    Optional<Polled> find(Sql sql, String deviceHash) {
        return sql.one("SELECT * FROM device_codes WHERE device_code_hash = ?", DeviceCodeDao::polled, deviceHash);
    }

    void notePoll(Sql sql, long id, Duration interval, Instant now) {
        sql.update(
                "UPDATE device_codes SET polled_at = ?, interval_seconds = ? WHERE id = ?",
                now,
                interval.toSeconds(),
                id);
    }

    /** Uses an approval up and says whose it is; empty when it was, or the approver may not act as they did then. */
    Optional<Long> use(Sql sql, long id, Instant now) {
        return sql.one("""
                UPDATE device_codes SET state = 'used'
                WHERE id = ? AND state = 'approved' AND expires_at > ? AND EXISTS (
                    SELECT 1 FROM users u
                    WHERE u.id = device_codes.user_id AND u.credential_epoch = device_codes.credential_epoch
                        AND u.active = 1 AND (u.membership_ends_at IS NULL OR u.membership_ends_at > ?))
                RETURNING user_id""", row -> row.number("user_id"), id, now, now);
    }

    /** Takes back what a person has approved and no device has fetched yet. */
    void withdraw(Sql sql, long userId) {
        sql.update("UPDATE device_codes SET state = 'denied' WHERE user_id = ? AND state = 'approved'", userId);
    }

    int deleteExpired(Sql sql, Instant now, int limit) {
        return sql.update(DELETE_EXPIRED, now, limit);
    }

    private static WaitingDevice waiting(Row row) throws SQLException {
        return new WaitingDevice(
                row.number("id"),
                row.text("client_name"),
                row.text("ip"),
                row.text("user_agent"),
                row.instant("created_at"),
                row.instant("expires_at"));
    }

    private static Polled polled(Row row) throws SQLException {
        return new Polled(
                row.number("id"),
                row.constant("state", State.class),
                row.text("client_name"),
                row.instant("expires_at"),
                Duration.ofSeconds(row.number("interval_seconds")),
                row.instant("polled_at"));
    }
}
