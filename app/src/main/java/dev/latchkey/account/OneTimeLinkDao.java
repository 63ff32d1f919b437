package dev.latchkey.account;

import dev.latchkey.db.Row;
import dev.latchkey.db.Sql;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** The table {@code one_time_links}. */
final class OneTimeLinkDao {
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

    /** The link of this token that still works; unknown, used and expired ones look alike. */
    Optional<OneTimeLink> find(Sql sql, OneTimeLink.Purpose purpose, String tokenHash, Instant now) {
        return sql.one("""
                SELECT * FROM one_time_links
                WHERE token_hash = ? AND purpose = ? AND used_at IS NULL AND expires_at > ?""", OneTimeLinkDao::link, tokenHash, purpose, now);
    }

    /** Uses a link up; false when somebody did before, or it expired or was deleted. */
    boolean consume(Sql sql, long id, Instant now) {
        return sql.update(
                        "UPDATE one_time_links SET used_at = ? WHERE id = ? AND used_at IS NULL AND expires_at > ?",
                        now,
                        id,
                        now)
                > 0;
    }

    void deleteUnused(Sql sql, long userId, OneTimeLink.Purpose purpose) {
        sql.update("DELETE FROM one_time_links WHERE user_id = ? AND purpose = ? AND used_at IS NULL", userId, purpose);
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
