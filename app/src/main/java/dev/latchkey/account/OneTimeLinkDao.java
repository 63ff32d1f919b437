package dev.latchkey.account;

import dev.latchkey.db.Row;
import dev.latchkey.db.Sql;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** The table {@code one_time_links}. */
final class OneTimeLinkDao {
    static final String DELETE_ENDED = """
            DELETE FROM one_time_links WHERE id IN (
                SELECT id FROM one_time_links WHERE expires_at <= ? ORDER BY expires_at LIMIT ?)""";

    void insert(
            Sql sql,
            long userId,
            OneTimeLink.Purpose purpose,
            String tokenHash,
            String emailKey,
            Instant now,
            Instant expiresAt) {
        sql.update("""
                INSERT INTO one_time_links (user_id, purpose, token_hash, email_key, created_at, expires_at)
                VALUES (?, ?, ?, ?, ?, ?)""", userId, purpose, tokenHash, emailKey, now, expiresAt);
    }

    /**
     * The link of this token that still works; unknown, used, expired and dead ones look alike, and so do those of
     * people whose membership has ended.
     */
    Optional<OneTimeLink> find(Sql sql, OneTimeLink.Purpose purpose, String tokenHash, Instant now) {
        return sql.one("""
                SELECT l.* FROM one_time_links l JOIN users u ON u.id = l.user_id
                WHERE l.token_hash = ? AND l.purpose = ? AND l.used_at IS NULL AND l.expires_at > ? AND l.failures < ?
                    AND (u.membership_ends_at IS NULL OR u.membership_ends_at > ?)""", OneTimeLinkDao::link, tokenHash, purpose, now, OneTimeLink.MAX_FAILURES, now);
    }

    /** Uses a link up; false when somebody did before, or it expired, died or was deleted. */
    boolean consume(Sql sql, long id, Instant now) {
        return sql.update("""
                        UPDATE one_time_links SET used_at = ?
                        WHERE id = ? AND used_at IS NULL AND expires_at > ? AND failures < ?""", now, id, now, OneTimeLink.MAX_FAILURES) > 0;
    }

    void countFailure(Sql sql, long id) {
        sql.update("UPDATE one_time_links SET failures = failures + 1 WHERE id = ?", id);
    }

    /** Lets a person's links of a purpose expire, unless they would last until after {@code lastEnd} (null: all). */
    void end(Sql sql, long userId, OneTimeLink.Purpose purpose, Instant now, Instant lastEnd) {
        sql.update("""
                UPDATE one_time_links SET expires_at = ?
                WHERE user_id = ? AND purpose = ? AND used_at IS NULL AND expires_at > ?
                    AND (? IS NULL OR expires_at <= ?)""", now, userId, purpose, now, lastEnd, lastEnd);
    }

    /** When the {@code count}th newest link of a purpose was mailed to a person alone; empty when there are fewer. */
    Optional<Instant> newest(Sql sql, long userId, OneTimeLink.Purpose purpose, long count) {
        return sql.one("""
                SELECT created_at FROM one_time_links WHERE user_id = ? AND purpose = ? AND email_key IS NOT NULL
                ORDER BY created_at DESC LIMIT 1 OFFSET ?""", row -> row.instant("created_at"), userId, purpose, count - 1);
    }

    int deleteEnded(Sql sql, Instant before, int limit) {
        return sql.update(DELETE_ENDED, before, limit);
    }

    void deleteAll(Sql sql, long userId) {
        sql.update("DELETE FROM one_time_links WHERE user_id = ?", userId);
    }

    private static OneTimeLink link(Row row) throws SQLException {
        return new OneTimeLink(
                row.number("id"),
                row.number("user_id"),
                row.constant("purpose", OneTimeLink.Purpose.class),
                row.text("email_key"),
                row.instant("expires_at"),
                row.number("failures"));
    }
}
