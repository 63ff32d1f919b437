package dev.latchkey.session;

import dev.latchkey.db.Row;
import dev.latchkey.db.Sql;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Refresh families in the table {@code sessions}, and the table {@code spent_refresh_tokens}. */
final class FamilyDao {
    /** A family that has not ended, of a person who may act. */
    private static final String LIVE = """
            kind = 'refresh' AND last_used_at > ? AND created_at > ? AND EXISTS (
                SELECT 1 FROM users u
                WHERE u.id = sessions.user_id AND u.credential_epoch <= sessions.credential_epoch
                    AND (sessions.origin <> 'join_code' OR u.role = 'guest')
                    AND u.active = 1 AND (u.membership_ends_at IS NULL OR u.membership_ends_at > ?))""";

    private final SessionDao sessions;
    private final Lifetimes lifetimes;

    FamilyDao(SessionDao sessions, Lifetimes lifetimes) {
        this.sessions = sessions;
        this.lifetimes = lifetimes;
    }

    /** Puts the successor in the place of a live family's token; nothing when that is not its token any more. */
    Optional<Session> rotate(Sql sql, String presented, String successor, Instant now) {
        Optional<Session> family = sql.one(
                "UPDATE sessions SET token_hash = ?, predecessor_hash = ?, rotated_at = ?, last_used_at = ?"
                        + " WHERE token_hash = ? AND " + LIVE + " RETURNING *",
                sessions::session,
                successor,
                presented,
                now,
                now,
                presented,
                now.minus(lifetimes.idle()),
                now.minus(lifetimes.max()),
                now);
        family.ifPresent(rotated -> sql.update(
                "INSERT INTO spent_refresh_tokens (token_hash, family_id, spent_at) VALUES (?, ?, ?)",
                presented,
                rotated.id(),
                now));
        return family;
    }

    /** The live family whose token replaced this one less than {@code grace} ago, by a clock that may be set back. */
    Optional<Session> justRotated(Sql sql, String presented, Instant now, Duration grace) {
        return sql.one(
                "SELECT * FROM sessions WHERE predecessor_hash = ? AND rotated_at > ? AND rotated_at < ? AND " + LIVE,
                sessions::session,
                presented,
                now.minus(grace),
                now.plus(grace),
                now.minus(lifetimes.idle()),
                now.minus(lifetimes.max()),
                now);
    }

    /** The live family that this token was replaced in. */
    Optional<Session> spentIn(Sql sql, String presented, Instant now) {
        return sql.one(
                "SELECT * FROM sessions WHERE id = (SELECT family_id FROM spent_refresh_tokens WHERE token_hash = ?) AND "
                        + LIVE,
                sessions::session,
                presented,
                now.minus(lifetimes.idle()),
                now.minus(lifetimes.max()),
                now);
    }

    /** The family that this token is, or was, good for. */
    Optional<Session> find(Sql sql, String tokenHash) {
        return sql.one("""
                SELECT * FROM sessions WHERE kind = 'refresh' AND (token_hash = ?
                    OR id = (SELECT family_id FROM spent_refresh_tokens WHERE token_hash = ?))""", sessions::session, tokenHash, tokenHash);
    }

    /** Whom a mail about the family goes to; empty for somebody without an address. */
    Optional<Owner> owner(Sql sql, long userId) {
        return sql.one(
                "SELECT display_name, email, email_verified FROM users WHERE id = ? AND email IS NOT NULL",
                FamilyDao::owner,
                userId);
    }

    /** @param name null for somebody who has not shown that they read that address */
    record Owner(String name, String email) {
        @Override
        public String toString() {
            return "Owner[…]";
        }
    }

    private static Owner owner(Row row) throws SQLException {
        return new Owner(row.flag("email_verified") ? row.text("display_name") : null, row.text("email"));
    }
}
