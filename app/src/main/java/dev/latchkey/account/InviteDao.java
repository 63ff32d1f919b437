package dev.latchkey.account;

import dev.latchkey.db.Row;
import dev.latchkey.db.Sql;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The table {@code invites}. */
final class InviteDao {
    /** What a token still opens: for whom, whether without anybody's approval, and what it grants. */
    record Offer(long id, String email, boolean autoApprove, Grant grant) {
        @Override
        public String toString() {
            return "Offer[" + id + "]";
        }
    }

    /** An invite is worth as much as its maker: {@code maker_acts} is whether they can still sign in. */
    private static final String SELECT = """
            SELECT i.*, u.display_name AS maker, u.role AS maker_role,
                u.active = 1 AND u.deleted_at IS NULL
                    AND (u.membership_ends_at IS NULL OR u.membership_ends_at > ?) AS maker_acts
            FROM invites i JOIN users u ON u.id = i.created_by
            """;

    static final String DELETE_ENDED = """
            DELETE FROM invites WHERE id IN (
                SELECT id FROM invites WHERE coalesce(used_at, expires_at) <= ?
                ORDER BY coalesce(used_at, expires_at) LIMIT ?)""";

    long insert(Sql sql, InviteForm form, String tokenHash, long createdBy, Instant now, Instant expiresAt) {
        return sql.insert(
                        """
                        INSERT INTO invites (token_hash, role, email, auto_approve, membership_days, quota_bytes, note,
                            created_by, created_at, expires_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id""",
                        tokenHash,
                        form.role(),
                        form.email(),
                        form.autoApprove(),
                        form.membershipDays(),
                        form.quotaBytes(),
                        form.note(),
                        createdBy,
                        now,
                        expiresAt)
                .orElseThrow();
    }

    /** The open invite of this token; unknown, used and expired ones, and those of people who left, look alike. */
    Optional<Offer> findOpen(Sql sql, String tokenHash, Instant now) {
        return sql.one(
                        SELECT + "WHERE i.token_hash = ? AND i.used_at IS NULL AND i.expires_at > ?",
                        row -> stands(row) ? Optional.of(offer(row)) : Optional.<Offer>empty(),
                        now,
                        tokenHash,
                        now)
                .flatMap(offer -> offer);
    }

    /** Uses an invite up; false when somebody did before, or it ended or was deleted. */
    boolean consume(Sql sql, long id, Instant now) {
        return sql.update(
                        "UPDATE invites SET used_at = ? WHERE id = ? AND used_at IS NULL AND expires_at > ?",
                        now,
                        id,
                        now)
                > 0;
    }

    /** Newest first, from below {@code beforeId}. */
    List<Invite> list(Sql sql, long beforeId, int limit, Instant now) {
        return sql.list(
                SELECT + "WHERE i.id < ? ORDER BY i.id DESC LIMIT ?", row -> invite(row, now), now, beforeId, limit);
    }

    int deleteEnded(Sql sql, Instant before, int limit) {
        return sql.update(DELETE_ENDED, before, limit);
    }

    boolean delete(Sql sql, long id) {
        return sql.update("DELETE FROM invites WHERE id = ?", id) > 0;
    }

    private static Offer offer(Row row) throws SQLException {
        return new Offer(row.number("id"), row.text("email"), row.flag("auto_approve"), grant(row));
    }

    private static Grant grant(Row row) throws SQLException {
        return new Grant(
                row.constant("role", Role.class), row.numberOrNull("quota_bytes"), row.numberOrNull("membership_days"));
    }

    private static boolean stands(Row row) throws SQLException {
        return row.flag("maker_acts") && grant(row).mayComeFrom(row.constant("maker_role", Role.class));
    }

    private static Invite invite(Row row, Instant now) throws SQLException {
        Instant expiresAt = row.instant("expires_at");
        Instant usedAt = row.instant("used_at");
        return new Invite(
                row.number("id"),
                row.constant("role", Role.class),
                row.text("email"),
                row.text("note"),
                row.flag("auto_approve"),
                Invite.state(usedAt, expiresAt, stands(row), now),
                new Person(row.number("created_by"), row.text("maker")),
                row.instant("created_at"),
                expiresAt,
                usedAt);
    }
}
