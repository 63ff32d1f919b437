package dev.latchkey.account;

import dev.latchkey.db.Row;
import dev.latchkey.db.Sql;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The table {@code users}. */
final class UserDao {
    /** More people than this are not written to about one request to join. */
    private static final int MAX_DECIDERS = 50;

    /** Every column of a person, as {@link #user} reads it. */
    static final String SELECT = """
            SELECT u.*, EXISTS (
                SELECT 1 FROM second_factors f WHERE f.user_id = u.id AND f.confirmed_at IS NOT NULL) AS second_factor
            FROM users u""";

    /** The person of that id; nobody for one who was removed. */
    Optional<User> find(Sql sql, long id) {
        return sql.one(SELECT + " WHERE u.id = ? AND u.deleted_at IS NULL", UserDao::user, id);
    }

    Optional<User> findByUsername(Sql sql, String username) {
        return sql.one(SELECT + " WHERE u.username = ? AND u.deleted_at IS NULL", UserDao::user, username);
    }

    /** Makes a person an admin who can act, now and without an end. */
    void makeAdmin(Sql sql, long id) {
        sql.update("UPDATE users SET role = 'admin', active = 1, membership_ends_at = NULL WHERE id = ?", id);
    }

    boolean hasAdmin(Sql sql) {
        return sql.exists("SELECT 1 FROM users WHERE role = 'admin' LIMIT 1");
    }

    boolean hasUsername(Sql sql, String username) {
        return sql.exists("SELECT 1 FROM users WHERE username = ?", username);
    }

    boolean hasEmail(Sql sql, String emailKey) {
        return sql.exists("SELECT 1 FROM users WHERE email_key = ?", emailKey);
    }

    /**
     * Makes the admin, and nothing when there is one already.
     *
     * @param present whether the admin makes the account in person and is signed in at once; else the password has to
     *     be changed at first sign-in
     */
    Optional<Long> insertFirstAdmin(Sql sql, PersonForm person, String passwordHash, boolean present, Instant now) {
        return sql.insert(
                """
                INSERT INTO users (username, display_name, display_name_key, email, email_key, password_hash,
                    password_change_required, role, created_at, last_login_at)
                SELECT ?, ?, ?, ?, ?, ?, ?, 'admin', ?, ? WHERE NOT EXISTS (SELECT 1 FROM users WHERE role = 'admin')
                RETURNING id""",
                person.username(),
                person.displayName(),
                Usernames.displayNameKey(person.displayName()),
                person.email(),
                Usernames.emailKey(person.email()),
                passwordHash,
                !present,
                now,
                present ? now : null);
    }

    /** Makes the account of somebody who joins; {@code lastLoginAt} is null unless they are signed in at once. */
    long insertJoined(Sql sql, PersonForm person, Grant grant, String passwordHash, Instant now, Instant lastLoginAt) {
        return sql.insert(
                        """
                        INSERT INTO users (username, display_name, display_name_key, email, email_key, password_hash,
                            role, quota_bytes, membership_ends_at, created_at, last_login_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id""",
                        person.username(),
                        person.displayName(),
                        Usernames.displayNameKey(person.displayName()),
                        person.email(),
                        Usernames.emailKey(person.email()),
                        passwordHash,
                        grant.role(),
                        grant.quotaBytes(),
                        grant.membershipEndsAt(now),
                        now,
                        lastLoginAt)
                .orElseThrow();
    }

    /** The people who may decide about somebody who is to get {@code grant}, as far as they have an e-mail address. */
    List<User> deciders(Sql sql, Grant grant, Instant now) {
        return sql.list(SELECT + """
                         WHERE u.role IN ('manager', 'admin') AND u.active = 1 AND u.deleted_at IS NULL
                            AND u.email IS NOT NULL AND (u.membership_ends_at IS NULL OR u.membership_ends_at > ?)
                        ORDER BY u.id LIMIT ?""", UserDao::user, now, MAX_DECIDERS).stream()
                .filter(user -> grant.mayComeFrom(user.role()))
                .toList();
    }

    void updateProfile(Sql sql, long id, Profile profile, boolean emailVerified) {
        sql.update(
                """
                UPDATE users SET display_name = ?, display_name_key = ?, email = ?, email_key = ?, email_verified = ?,
                    phone = ?, job_title = ?, timezone = ?
                WHERE id = ?""",
                profile.displayName(),
                Usernames.displayNameKey(profile.displayName()),
                profile.email(),
                Usernames.emailKey(profile.email()),
                emailVerified,
                profile.phone(),
                profile.jobTitle(),
                profile.timezone(),
                id);
    }

    /** Marks an address as verified while it is still the person's; false when they have another by now. */
    boolean verifyEmail(Sql sql, long id, String emailKey) {
        return sql.update("UPDATE users SET email_verified = 1 WHERE id = ? AND email_key = ?", id, emailKey) > 0;
    }

    Optional<Login> loginByUsername(Sql sql, String username) {
        return sql.one("SELECT id, password_hash FROM users WHERE username = ?", UserDao::login, username);
    }

    Optional<Login> loginByEmail(Sql sql, String emailKey) {
        return sql.one("SELECT id, password_hash FROM users WHERE email_key = ?", UserDao::login, emailKey);
    }

    Optional<User> findByEmail(Sql sql, String emailKey) {
        return sql.one(SELECT + " WHERE u.email_key = ? AND u.deleted_at IS NULL", UserDao::user, emailKey);
    }

    /** Gives a person another password; {@code changeRequired} when somebody else has chosen it. */
    void setPassword(Sql sql, long id, String hash, boolean changeRequired) {
        sql.update(
                "UPDATE users SET password_hash = ?, password_change_required = ? WHERE id = ?",
                hash,
                changeRequired,
                id);
    }

    Optional<String> passwordHash(Sql sql, long id) {
        return sql.one("SELECT password_hash FROM users WHERE id = ?", row -> row.text("password_hash"), id);
    }

    void noteLogin(Sql sql, long id, Instant now) {
        sql.update("UPDATE users SET last_login_at = ? WHERE id = ?", now, id);
    }

    void updatePasswordHash(Sql sql, long id, String hash) {
        sql.update("UPDATE users SET password_hash = ? WHERE id = ?", hash, id);
    }

    /** Ends every session and refresh family of a person: each carries the epoch that it was made under. */
    void endSignIns(Sql sql, long id) {
        sql.update("UPDATE users SET credential_epoch = credential_epoch + 1 WHERE id = ?", id);
    }

    /** Ends every access token of a person, and leaves the sign-ins behind them alone. */
    void endAccessTokens(Sql sql, long id) {
        sql.update("UPDATE users SET access_epoch = access_epoch + 1 WHERE id = ?", id);
    }

    boolean addUsage(Sql sql, long id, long bytes) {
        return sql.update("""
                        UPDATE users SET used_bytes = used_bytes + ?
                        WHERE id = ? AND (quota_bytes IS NULL OR used_bytes + ? <= quota_bytes)""", bytes, id, bytes) > 0;
    }

    boolean hasRoom(Sql sql, long id, long bytes) {
        return sql.exists(
                "SELECT 1 FROM users WHERE id = ? AND (quota_bytes IS NULL OR used_bytes + ? <= quota_bytes)",
                id,
                bytes);
    }

    void removeUsage(Sql sql, long id, long bytes) {
        sql.update(
                "UPDATE users SET used_bytes = CASE WHEN used_bytes > ? THEN used_bytes - ? ELSE 0 END WHERE id = ?",
                bytes,
                bytes,
                id);
    }

    private static Login login(Row row) throws SQLException {
        return new Login(row.number("id"), null, row.text("password_hash"));
    }

    /** A row of the table with {@code second_factor} beside it. */
    static User user(Row row) throws SQLException {
        return new User(
                row.number("id"),
                row.text("username"),
                row.text("display_name"),
                row.text("email"),
                row.flag("email_verified"),
                row.text("phone"),
                row.text("job_title"),
                row.text("timezone"),
                row.constant("role", Role.class),
                row.flag("active"),
                row.flag("password_change_required"),
                row.number("credential_epoch"),
                row.number("access_epoch"),
                row.flag("second_factor"),
                row.numberOrNull("quota_bytes"),
                row.number("used_bytes"),
                row.instant("membership_ends_at"),
                row.instant("created_at"),
                row.instant("last_login_at"));
    }
}
