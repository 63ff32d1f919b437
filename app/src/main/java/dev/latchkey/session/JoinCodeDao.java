package dev.latchkey.session;

import dev.latchkey.account.Person;
import dev.latchkey.db.Row;
import dev.latchkey.db.Sql;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The table {@code join_codes}. */
final class JoinCodeDao {
    /** What a code opens, once it was used. */
    record Ticket(long id, long guestId, String deviceName, String providerName) {
        @Override
        public String toString() {
            return "Ticket[" + id + "]";
        }
    }

    /** A code is worth as much as its guest and its maker; takes the time twice. */
    private static final String STANDS = """
            (EXISTS (
                SELECT 1 FROM users g WHERE g.id = c.user_id AND g.role = 'guest' AND g.active = 1
                    AND g.deleted_at IS NULL AND (g.membership_ends_at IS NULL OR g.membership_ends_at > ?))
            AND EXISTS (
                SELECT 1 FROM users m WHERE m.id = c.created_by AND m.role IN ('manager', 'admin') AND m.active = 1
                    AND m.deleted_at IS NULL AND (m.membership_ends_at IS NULL OR m.membership_ends_at > ?)))""";

    /** A code that works, by its letters or its link; takes the time three times. */
    private static final String OPEN = " c.expires_at > ? AND (c.max_uses = 0 OR c.uses < c.max_uses) AND " + STANDS;

    private static final String USE = "UPDATE join_codes AS c SET uses = uses + 1 WHERE ";
    private static final String TICKET = " RETURNING id, user_id, device_name, provider_name";

    static final String DELETE_ENDED = """
            DELETE FROM join_codes WHERE id IN (
                SELECT id FROM join_codes WHERE expires_at <= ? ORDER BY expires_at LIMIT ?)""";

    /** Stores a code; empty, and nothing is stored, when there is one with these letters. */
    Optional<Long> insert(
            Sql sql,
            JoinCodeForm form,
            long guestId,
            String codeHmac,
            String linkHash,
            Long createdBy,
            Instant now,
            Instant expiresAt) {
        return sql.insert(
                """
                INSERT INTO join_codes (user_id, code_hmac, link_hash, max_uses, device_name, provider_name,
                    created_by, created_at, expires_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (code_hmac) DO NOTHING RETURNING id""",
                guestId,
                codeHmac,
                linkHash,
                form.maxUses(),
                form.deviceName(),
                form.providerName(),
                createdBy,
                now,
                expiresAt);
    }

    /** Uses a code up by one, by its letters; empty when there is no such code that works. */
    Optional<Ticket> useCode(Sql sql, String codeHmac, Instant now) {
        return sql.one(USE + "c.code_hmac = ? AND" + OPEN + TICKET, JoinCodeDao::ticket, codeHmac, now, now, now);
    }

    /** Uses a code up by one, by its link; empty when there is no such code that works. */
    Optional<Ticket> useLink(Sql sql, String linkHash, Instant now) {
        return sql.one(USE + "c.link_hash = ? AND" + OPEN + TICKET, JoinCodeDao::ticket, linkHash, now, now, now);
    }

    boolean hasLink(Sql sql, String linkHash) {
        return sql.exists("SELECT 1 FROM join_codes WHERE link_hash = ?", linkHash);
    }

    /** Newest first, from below {@code beforeId}; of one guest unless {@code guestId} is null. */
    List<JoinCode> list(Sql sql, Long guestId, long beforeId, int limit, Instant now) {
        String where = guestId == null ? "" : "c.user_id = ? AND ";
        String select = "SELECT c.*, g.display_name AS guest, m.display_name AS maker, " + STANDS + " AS stands"
                + " FROM join_codes c JOIN users g ON g.id = c.user_id JOIN users m ON m.id = c.created_by"
                + " WHERE " + where + "c.id < ? ORDER BY c.id DESC LIMIT ?";
        return guestId == null
                ? sql.list(select, row -> code(row, now), now, now, beforeId, limit)
                : sql.list(select, row -> code(row, now), now, now, guestId, beforeId, limit);
    }

    boolean delete(Sql sql, long id) {
        return sql.update("DELETE FROM join_codes WHERE id = ?", id) > 0;
    }

    /** Deletes the codes of a guest, of a provider, or of both; null stands for any. */
    int deleteAll(Sql sql, Long guestId, String providerName) {
        if (providerName == null) {
            return sql.update("DELETE FROM join_codes WHERE user_id = ?", guestId);
        }
        return guestId == null
                ? sql.update("DELETE FROM join_codes WHERE provider_name = ?", providerName)
                : sql.update("DELETE FROM join_codes WHERE user_id = ? AND provider_name = ?", guestId, providerName);
    }

    int deleteEnded(Sql sql, Instant before, int limit) {
        return sql.update(DELETE_ENDED, before, limit);
    }

    private static Ticket ticket(Row row) throws SQLException {
        return new Ticket(row.number("id"), row.number("user_id"), row.text("device_name"), row.text("provider_name"));
    }

    private static JoinCode code(Row row, Instant now) throws SQLException {
        return new JoinCode(
                row.number("id"),
                new Person(row.number("user_id"), row.text("guest")),
                state(row, now),
                row.number("max_uses"),
                row.number("uses"),
                row.text("device_name"),
                row.text("provider_name"),
                new Person(row.number("created_by"), row.text("maker")),
                row.instant("created_at"),
                row.instant("expires_at"));
    }

    private static JoinCode.State state(Row row, Instant now) throws SQLException {
        if (row.number("max_uses") > 0 && row.number("uses") >= row.number("max_uses")) {
            return JoinCode.State.USED;
        }
        boolean open = now.isBefore(row.instant("expires_at")) && row.flag("stands");
        return open ? JoinCode.State.OPEN : JoinCode.State.EXPIRED;
    }
}
