package dev.latchkey.session;

import dev.latchkey.account.Person;
import dev.latchkey.db.Row;
import dev.latchkey.db.Sql;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The table {@code access_tokens}. */
final class PersonalTokenDao {
    static final String DELETE_EXPIRED = """
            DELETE FROM access_tokens WHERE id IN (
                SELECT id FROM access_tokens WHERE expires_at < ? ORDER BY expires_at LIMIT ?)""";

    private static final String SELECT = """
            SELECT t.*, u.display_name AS owner, u.credential_epoch AS epoch
            FROM access_tokens t JOIN users u ON u.id = t.user_id
            """;

    /** A token and the epoch that its owner had when it was read. */
    record Live(PersonalToken token, long epoch) {
        long ownerId() {
            return token.owner().id();
        }
    }

    /** A token that ends soon, and whom to tell; {@code ownerName} is null where nobody knows who reads that address. */
    record Ending(long id, String name, String prefix, Instant expiresAt, String email, String ownerName) {
        @Override
        public String toString() {
            return "Ending[" + id + "]";
        }
    }

    /** Whether a sign-in has not been ended, and its owner may act. */
    boolean mayMake(Sql sql, long userId, long signInId, Instant now) {
        return sql.exists("""
                SELECT 1 FROM sessions s JOIN users u ON u.id = s.user_id
                WHERE s.id = ? AND u.id = ? AND s.credential_epoch >= u.credential_epoch AND u.active = 1
                    AND (u.membership_ends_at IS NULL OR u.membership_ends_at > ?)""", signInId, userId, now);
    }

    long count(Sql sql, long userId) {
        return sql.one("SELECT count(*) AS n FROM access_tokens WHERE user_id = ?", row -> row.number("n"), userId)
                .orElseThrow();
    }

    long insert(Sql sql, long userId, PersonalTokenForm form, String prefix, String tokenHash, Instant now) {
        return sql.insert(
                        """
                        INSERT INTO access_tokens (user_id, name, prefix, token_hash, scopes, created_at, expires_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id""",
                        userId,
                        form.name(),
                        prefix,
                        tokenHash,
                        Scope.join(form.scopeSet()),
                        now,
                        form.expiresAt(now))
                .orElseThrow();
    }

    Optional<Live> find(Sql sql, String tokenHash) {
        return sql.one(SELECT + "WHERE t.token_hash = ?", row -> new Live(token(row), row.number("epoch")), tokenHash);
    }

    Optional<PersonalToken> find(Sql sql, long userId, long id) {
        return sql.one(SELECT + "WHERE t.user_id = ? AND t.id = ?", PersonalTokenDao::token, userId, id);
    }

    /** A person's tokens, newest first, from below {@code beforeId}. */
    List<PersonalToken> list(Sql sql, long userId, long beforeId, int limit) {
        return sql.list(
                SELECT + "WHERE t.user_id = ? AND t.id < ? ORDER BY t.id DESC LIMIT ?",
                PersonalTokenDao::token,
                userId,
                beforeId,
                limit);
    }

    /** Everybody's tokens, newest first, from below {@code beforeId}. */
    List<PersonalToken> listAll(Sql sql, long beforeId, int limit) {
        return sql.list(SELECT + "WHERE t.id < ? ORDER BY t.id DESC LIMIT ?", PersonalTokenDao::token, beforeId, limit);
    }

    /** Deletes a person's token and returns its hash; empty when there is none. */
    Optional<String> delete(Sql sql, long userId, long id) {
        return sql.one(
                "DELETE FROM access_tokens WHERE user_id = ? AND id = ? RETURNING token_hash",
                row -> row.text("token_hash"),
                userId,
                id);
    }

    /** Deletes anybody's token and returns its hash; empty when there is none. */
    Optional<String> delete(Sql sql, long id) {
        return sql.one(
                "DELETE FROM access_tokens WHERE id = ? RETURNING token_hash", row -> row.text("token_hash"), id);
    }

    void noteUse(Sql sql, long id, LastUses.Use use) {
        sql.update(
                "UPDATE access_tokens SET last_used_at = ?, last_used_ip = ?"
                        + " WHERE id = ? AND (last_used_at IS NULL OR last_used_at < ?)",
                use.at(),
                use.ip(),
                id,
                use.at());
    }

    /**
     * Tokens that end before {@code until}, of people who may act and have an address, and who were not told yet; none
     * that was made for so short a time that nobody has forgotten it.
     */
    List<Ending> ending(Sql sql, Instant now, Instant until, int limit) {
        return sql.list(
                """
                SELECT t.id, t.name, t.prefix, t.expires_at, u.email, u.email_verified, u.display_name
                FROM access_tokens t JOIN users u ON u.id = t.user_id
                WHERE t.expires_at > ? AND t.expires_at <= ? AND t.warned_at IS NULL
                    AND t.expires_at - t.created_at > ?
                    AND u.email IS NOT NULL AND u.active = 1
                    AND (u.membership_ends_at IS NULL OR u.membership_ends_at > ?)
                ORDER BY t.expires_at LIMIT ?""", PersonalTokenDao::ending, now, until, until.toEpochMilli() - now.toEpochMilli(), now, limit);
    }

    void noteWarning(Sql sql, long id, Instant now) {
        sql.update("UPDATE access_tokens SET warned_at = ? WHERE id = ?", now, id);
    }

    int deleteExpiredSince(Sql sql, Instant since, int limit) {
        return sql.update(DELETE_EXPIRED, since, limit);
    }

    private static Ending ending(Row row) throws SQLException {
        return new Ending(
                row.number("id"),
                row.text("name"),
                row.text("prefix"),
                row.instant("expires_at"),
                row.text("email"),
                row.flag("email_verified") ? row.text("display_name") : null);
    }

    private static PersonalToken token(Row row) throws SQLException {
        return new PersonalToken(
                row.number("id"),
                new Person(row.number("user_id"), row.text("owner")),
                row.text("name"),
                row.text("prefix"),
                Scope.split(row.text("scopes")),
                row.instant("created_at"),
                row.instant("expires_at"),
                row.instant("last_used_at"),
                row.text("last_used_ip"));
    }
}
