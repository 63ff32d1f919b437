package dev.latchkey.account;

import dev.latchkey.db.Row;
import dev.latchkey.db.Sql;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The table {@code invites}. */
final class InviteDao {
    /** What a token still opens: for whom, and what it grants. */
    record Offer(long id, String email, Grant grant) {}

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

    /** The open invite of this token; unknown, used and expired ones look alike. */
    Optional<Offer> findOpen(Sql sql, String tokenHash, Instant now) {
        return sql.one(
                "SELECT * FROM invites WHERE token_hash = ? AND used_at IS NULL AND expires_at > ?",
                InviteDao::offer,
                tokenHash,
                now);
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
        return sql.list("""
                SELECT i.*, u.display_name AS creator FROM invites i JOIN users u ON u.id = i.created_by
                WHERE i.id < ? ORDER BY i.id DESC LIMIT ?""", row -> invite(row, now), beforeId, limit);
    }

    boolean delete(Sql sql, long id) {
        return sql.update("DELETE FROM invites WHERE id = ?", id) > 0;
    }

    private static Offer offer(Row row) throws SQLException {
        Grant grant = new Grant(
                row.constant("role", Role.class), row.numberOrNull("quota_bytes"), row.numberOrNull("membership_days"));
        return new Offer(row.number("id"), row.text("email"), grant);
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
                Invite.state(usedAt, expiresAt, now),
                new Person(row.number("created_by"), row.text("creator")),
                row.instant("created_at"),
                expiresAt,
                usedAt);
    }
}
