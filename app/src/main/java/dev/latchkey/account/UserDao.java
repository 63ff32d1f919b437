package dev.latchkey.account;

import dev.latchkey.db.Row;
import dev.latchkey.db.Sql;
import java.sql.SQLException;
import java.util.Optional;

/** The table {@code users}. */
final class UserDao {
    Optional<User> find(Sql sql, long id) {
        return sql.one("SELECT * FROM users WHERE id = ?", UserDao::user, id);
    }

    boolean addUsage(Sql sql, long id, long bytes) {
        return sql.update("""
                        UPDATE users SET used_bytes = used_bytes + ?
                        WHERE id = ? AND (quota_bytes IS NULL OR used_bytes + ? <= quota_bytes)""", bytes, id, bytes) > 0;
    }

    void removeUsage(Sql sql, long id, long bytes) {
        sql.update(
                "UPDATE users SET used_bytes = CASE WHEN used_bytes > ? THEN used_bytes - ? ELSE 0 END WHERE id = ?",
                bytes,
                bytes,
                id);
    }

    private static User user(Row row) throws SQLException {
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
                row.numberOrNull("quota_bytes"),
                row.number("used_bytes"),
                row.instant("membership_ends_at"),
                row.instant("created_at"),
                row.instant("last_login_at"));
    }
}
