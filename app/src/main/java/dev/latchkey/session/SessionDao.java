package dev.latchkey.session;

import dev.latchkey.audit.Actor;
import dev.latchkey.db.Row;
import dev.latchkey.db.Sql;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The table {@code sessions}. */
final class SessionDao {
    private final Lifetimes lifetimes;

    SessionDao(Lifetimes lifetimes) {
        this.lifetimes = lifetimes;
    }

    long insert(Sql sql, String tokenHash, long epoch, Actor owner, String deviceName, Instant now) {
        return sql.insert("""
                        INSERT INTO sessions (user_id, token_hash, credential_epoch, device_name, ip, user_agent,
                            created_at, last_used_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id""", owner.userId(), tokenHash, epoch, deviceName, owner.ip(), owner.userAgent(), now, now)
                .orElseThrow();
    }

    Optional<Session> find(Sql sql, String tokenHash) {
        return sql.one("SELECT * FROM sessions WHERE token_hash = ?", this::session, tokenHash);
    }

    /** A person's sessions that still count, newest first, with ids below {@code beforeId}. */
    List<Session> list(Sql sql, long userId, Instant now, long beforeId, int limit) {
        return sql.list(
                """
                SELECT s.* FROM sessions s JOIN users u ON u.id = s.user_id
                WHERE s.user_id = ? AND s.credential_epoch = u.credential_epoch
                    AND s.last_used_at > ? AND s.created_at > ? AND s.id < ?
                ORDER BY s.id DESC LIMIT ?""", this::session, userId, now.minus(lifetimes.idle()), now.minus(lifetimes.max()), beforeId, limit);
    }

    /** Deletes one of a person's sessions and returns its token's hash; empty when there is none. */
    Optional<String> delete(Sql sql, long userId, long id) {
        return sql.one(
                "DELETE FROM sessions WHERE user_id = ? AND id = ? RETURNING token_hash",
                row -> row.text("token_hash"),
                userId,
                id);
    }

    /** Deletes all of a person's sessions but one, and returns their tokens' hashes. */
    List<String> deleteOthers(Sql sql, long userId, long exceptId) {
        return sql.list(
                "DELETE FROM sessions WHERE user_id = ? AND id <> ? RETURNING token_hash",
                row -> row.text("token_hash"),
                userId,
                exceptId);
    }

    /** Notes a use; an earlier one than is there changes nothing. */
    void noteUse(Sql sql, long id, Instant at) {
        sql.update("UPDATE sessions SET last_used_at = ? WHERE id = ? AND last_used_at < ?", at, id, at);
    }

    int deleteUnusedSince(Sql sql, Instant since, int limit) {
        return sql.update("""
                DELETE FROM sessions WHERE id IN (
                    SELECT id FROM sessions WHERE last_used_at < ? ORDER BY last_used_at LIMIT ?)""", since, limit);
    }

    private Session session(Row row) throws SQLException {
        Instant createdAt = row.instant("created_at");
        Instant lastUsedAt = row.instant("last_used_at");
        return new Session(
                row.number("id"),
                row.number("user_id"),
                row.number("credential_epoch"),
                row.text("device_name"),
                row.text("ip"),
                row.text("user_agent"),
                createdAt,
                lastUsedAt,
                lifetimes.end(createdAt, lastUsedAt));
    }
}
