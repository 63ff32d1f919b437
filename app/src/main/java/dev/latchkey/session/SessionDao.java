package dev.latchkey.session;

import dev.latchkey.audit.Actor;
import dev.latchkey.db.Row;
import dev.latchkey.db.Sql;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The table {@code sessions}: sessions, and families where they are no different. */
final class SessionDao {
    private static final String UNUSED =
            "SELECT id FROM sessions WHERE last_used_at < ? ORDER BY last_used_at, id LIMIT ?";

    static final String DELETE_UNUSED = "DELETE FROM sessions WHERE id IN (" + UNUSED + ")";
    static final String DELETE_SPENT = "DELETE FROM spent_refresh_tokens WHERE token_hash IN ("
            + "SELECT token_hash FROM spent_refresh_tokens WHERE family_id IN (" + UNUSED + ") LIMIT ?)";

    private final Lifetimes lifetimes;

    SessionDao(Lifetimes lifetimes) {
        this.lifetimes = lifetimes;
    }

    long insert(
            Sql sql,
            Session.Kind kind,
            String tokenHash,
            long epoch,
            Actor owner,
            String deviceName,
            Origin origin,
            Instant now) {
        return sql.insert(
                        """
                        INSERT INTO sessions (kind, user_id, token_hash, credential_epoch, device_name, ip, user_agent,
                            origin, join_code_id, provider_name, created_at, last_used_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id""",
                        kind,
                        owner.userId(),
                        tokenHash,
                        epoch,
                        deviceName,
                        owner.ip(),
                        owner.userAgent(),
                        origin.kind(),
                        origin.joinCodeId(),
                        origin.providerName(),
                        now,
                        now)
                .orElseThrow();
    }

    Optional<Session> find(Sql sql, String tokenHash) {
        return sql.one("SELECT * FROM sessions WHERE token_hash = ? AND kind = 'session'", this::session, tokenHash);
    }

    Optional<Session> findFamily(Sql sql, long id) {
        return sql.one("SELECT * FROM sessions WHERE id = ? AND kind = 'refresh'", this::session, id);
    }

    /** Which change of role, counted, the person's access tokens are of. */
    long accessEpoch(Sql sql, long userId) {
        return sql.one("SELECT access_epoch FROM users WHERE id = ?", row -> row.number("access_epoch"), userId)
                .orElseThrow();
    }

    /** A person's sign-ins that still count, newest first, with ids below {@code beforeId}. */
    List<Session> list(Sql sql, long userId, Instant now, long beforeId, int limit) {
        return sql.list(
                """
                SELECT s.* FROM sessions s JOIN users u ON u.id = s.user_id
                WHERE s.user_id = ? AND s.credential_epoch >= u.credential_epoch
                    AND s.last_used_at > ? AND s.created_at > ? AND s.id < ?
                ORDER BY s.id DESC LIMIT ?""", this::session, userId, now.minus(lifetimes.idle()), now.minus(lifetimes.max()), beforeId, limit);
    }

    /** Deletes one of a person's sign-ins; empty when there is none. */
    Optional<Ended> delete(Sql sql, long userId, long id) {
        return sql.one("DELETE FROM sessions WHERE user_id = ? AND id = ? RETURNING *", SessionDao::ended, userId, id);
    }

    /** Deletes all of a person's sign-ins but one. */
    List<Ended> deleteOthers(Sql sql, long userId, long exceptId) {
        return sql.list(
                "DELETE FROM sessions WHERE user_id = ? AND id <> ? RETURNING *", SessionDao::ended, userId, exceptId);
    }

    /** Moves a sign-in that counted until now to the person's new epoch; empty when it had ended. */
    Optional<Ended> keep(Sql sql, long userId, long id, long epoch) {
        return sql.one("""
                UPDATE sessions SET credential_epoch = ? WHERE user_id = ? AND id = ? AND credential_epoch >= ?
                RETURNING *""", SessionDao::ended, epoch, userId, id, epoch - 1);
    }

    /** Notes a use; an earlier one than is there changes nothing. */
    void noteUse(Sql sql, long id, Instant at) {
        sql.update("UPDATE sessions SET last_used_at = ? WHERE id = ? AND last_used_at < ?", at, id, at);
    }

    /**
     * Deletes spent tokens of those sign-ins that {@link #deleteUnusedSince} would delete with the same limit: a family
     * may have thousands, and would take them all along in one statement.
     */
    int deleteSpentOfUnusedSince(Sql sql, Instant since, int limit) {
        return sql.update(DELETE_SPENT, since, limit, limit);
    }

    int deleteUnusedSince(Sql sql, Instant since, int limit) {
        return sql.update(DELETE_UNUSED, since, limit);
    }

    static Ended ended(Row row) throws SQLException {
        return new Ended(row.number("id"), row.constant("kind", Session.Kind.class), row.text("token_hash"));
    }

    Session session(Row row) throws SQLException {
        Instant createdAt = row.instant("created_at");
        Instant lastUsedAt = row.instant("last_used_at");
        return new Session(
                row.number("id"),
                row.constant("kind", Session.Kind.class),
                row.number("user_id"),
                row.number("credential_epoch"),
                origin(row),
                row.text("device_name"),
                row.text("ip"),
                row.text("user_agent"),
                createdAt,
                lastUsedAt,
                lifetimes.end(createdAt, lastUsedAt));
    }

    private static Origin origin(Row row) throws SQLException {
        return new Origin(
                row.constant("origin", Origin.Kind.class), row.numberOrNull("join_code_id"), row.text("provider_name"));
    }
}
