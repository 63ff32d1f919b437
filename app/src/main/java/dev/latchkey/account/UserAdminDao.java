package dev.latchkey.account;

import dev.latchkey.db.Sql;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The table {@code users}, as admins see and change it. */
final class UserAdminDao {
    /** What is never lost is an active admin without an end of membership: the row is none, or there is another one. */
    private static final String NOT_THE_LAST_ADMIN = """
            (role <> 'admin' OR active = 0 OR membership_ends_at IS NOT NULL
                OR EXISTS (
                    SELECT 1 FROM users other
                    WHERE other.role = 'admin' AND other.active = 1 AND other.membership_ends_at IS NULL
                        AND other.id <> users.id))""";

    private static final String UPDATE = """
            UPDATE users SET display_name = ?, display_name_key = ?, email = ?, email_key = ?, email_verified = ?,
                role = ?, active = ?, quota_bytes = ?, membership_ends_at = ?
            WHERE id = ? AND deleted_at IS NULL
                AND (id <> ? OR (role = ? AND ? AND (? IS NULL OR membership_ends_at IS ?)))
                AND ((? = 'admin' AND ? AND ? IS NULL) OR""" + " " + NOT_THE_LAST_ADMIN + ")";

    private static final String REMOVE = """
            UPDATE users SET username = ?, display_name = ?, display_name_key = NULL, email = NULL, email_key = NULL, email_verified = 0,
                phone = NULL, job_title = NULL, timezone = NULL, role = 'guest', active = 0, password_hash = NULL,
                password_change_required = 0, quota_bytes = NULL, membership_ends_at = NULL, last_login_at = NULL,
                deleted_at = ?
            WHERE id = ? AND deleted_at IS NULL AND id <> ? AND""" + " " + NOT_THE_LAST_ADMIN;

    /** Newest first, from below {@code beforeId}. */
    List<User> list(Sql sql, UserFilter filter, long beforeId, int limit) {
        StringBuilder select = new StringBuilder(UserDao.SELECT + " WHERE u.deleted_at IS NULL");
        List<Object> parameters = new ArrayList<>();
        if (filter.role() != null) {
            select.append(" AND u.role = ?");
            parameters.add(filter.role());
        }
        if (filter.active() != null) {
            select.append(" AND u.active = ?");
            parameters.add(filter.active());
        }
        if (filter.q() != null) {
            select.append(" AND (u.username LIKE ? ESCAPE '\\' OR u.email_key LIKE ? ESCAPE '\\'"
                    + " OR u.display_name_key LIKE ? ESCAPE '\\')");
            String key = containing(Usernames.typed(filter.q()));
            parameters.addAll(List.of(key, key, containing(Usernames.displayNameKey(filter.q()))));
        }
        select.append(" AND u.id < ? ORDER BY u.id DESC LIMIT ?");
        parameters.addAll(List.of(beforeId, limit));
        return sql.list(select.toString(), UserDao::user, parameters.toArray());
    }

    private static String containing(String text) {
        return "%" + text.replaceAll("([\\\\%_])", "\\\\$1") + "%";
    }

    /** Whether this person may act as an admin at {@code now}. */
    boolean isActiveAdmin(Sql sql, Long id, Instant now) {
        return sql.exists("""
                SELECT 1 FROM users WHERE id = ? AND role = 'admin' AND active = 1
                    AND (membership_ends_at IS NULL OR membership_ends_at > ?)""", id, now);
    }

    long insert(Sql sql, PersonForm person, Role role, String passwordHash, Instant now) {
        return sql.insert(
                        """
                        INSERT INTO users (username, display_name, display_name_key, email, email_key, password_hash,
                            password_change_required, role, created_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id""",
                        person.username(),
                        person.displayName(),
                        Usernames.displayNameKey(person.displayName()),
                        person.email(),
                        Usernames.emailKey(person.email()),
                        passwordHash,
                        passwordHash != null,
                        role,
                        now)
                .orElseThrow();
    }

    /**
     * Writes what admins decide about a person; false, with nothing written, when {@code by} would lock, demote or
     * limit themselves, or the last admin who can be relied on would be lost.
     */
    boolean update(Sql sql, long id, UserSettings next, boolean emailVerified, Long by) {
        return sql.update(
                        UPDATE,
                        next.displayName(),
                        Usernames.displayNameKey(next.displayName()),
                        next.email(),
                        Usernames.emailKey(next.email()),
                        emailVerified,
                        next.role(),
                        next.active(),
                        next.quotaBytes(),
                        next.membershipEndsAt(),
                        id,
                        by,
                        next.role(),
                        next.active(),
                        next.membershipEndsAt(),
                        next.membershipEndsAt(),
                        next.role(),
                        next.active(),
                        next.membershipEndsAt())
                > 0;
    }

    /** Leaves an empty row behind, which uploads and the audit log refer to; false as for {@link #update}. */
    boolean remove(Sql sql, long id, String username, String displayName, Long by, Instant now) {
        return sql.update(REMOVE, username, displayName, now, id, by) > 0;
    }

    /** Gives a person a password that they must change at the next sign-in. */
    void setPassword(Sql sql, long id, String passwordHash) {
        sql.update("UPDATE users SET password_hash = ?, password_change_required = 1 WHERE id = ?", passwordHash, id);
    }
}
