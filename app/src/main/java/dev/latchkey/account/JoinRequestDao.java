package dev.latchkey.account;

import dev.latchkey.db.Row;
import dev.latchkey.db.Sql;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table {@code join_requests}. */
final class JoinRequestDao {
    /** A request with what only the decision needs. */
    record Waiting(JoinRequest request, Grant grant, String passwordHash) {}

    static final String DELETE_DECIDED = """
            DELETE FROM join_requests WHERE id IN (
                SELECT id FROM join_requests WHERE decided_at <= ? ORDER BY decided_at LIMIT ?)""";

    boolean waitsWithUsername(Sql sql, String username) {
        return sql.exists("SELECT 1 FROM join_requests WHERE username = ? AND status = 'pending'", username);
    }

    boolean waitsWithEmail(Sql sql, String emailKey) {
        return sql.exists("SELECT 1 FROM join_requests WHERE email_key = ? AND status = 'pending'", emailKey);
    }

    long insert(Sql sql, PersonForm person, String passwordHash, InviteDao.Offer offer, Instant now) {
        return sql.insert(
                        """
                        INSERT INTO join_requests (username, display_name, email, email_key, password_hash, role,
                            membership_days, quota_bytes, status, invite_id, created_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'pending', ?, ?) RETURNING id""",
                        person.username(),
                        person.displayName(),
                        person.email(),
                        Usernames.emailKey(person.email()),
                        passwordHash,
                        offer.grant().role(),
                        offer.grant().membershipDays(),
                        offer.grant().quotaBytes(),
                        offer.id(),
                        now)
                .orElseThrow();
    }

    Optional<Waiting> find(Sql sql, long id) {
        return sql.one(SELECT + " WHERE r.id = ?", JoinRequestDao::waiting, id);
    }

    /** Decides a request and forgets its password; false when somebody did before. */
    boolean decide(Sql sql, long id, JoinRequest.Status decision, long by, Instant now) {
        return sql.update("""
                        UPDATE join_requests SET status = ?, decided_at = ?, decided_by = ?, password_hash = NULL
                        WHERE id = ? AND status = 'pending'""", decision, now, by, id) > 0;
    }

    /** Newest first, from below {@code beforeId}; of one status, or of all for null. */
    List<JoinRequest> list(Sql sql, JoinRequest.Status status, long beforeId, int limit) {
        List<Object> parameters = new ArrayList<>();
        String condition = "";
        if (status != null) {
            condition = "r.status = ? AND ";
            parameters.add(status);
        }
        parameters.addAll(List.of(beforeId, limit));
        return sql.list(
                SELECT + " WHERE " + condition + "r.id < ? ORDER BY r.id DESC LIMIT ?",
                JoinRequestDao::request,
                parameters.toArray());
    }

    int deleteDecided(Sql sql, Instant before, int limit) {
        return sql.update(DELETE_DECIDED, before, limit);
    }

    Optional<Login> loginByUsername(Sql sql, String username) {
        return sql.one(
                "SELECT id, password_hash FROM join_requests WHERE username = ? AND status = 'pending'",
                JoinRequestDao::login,
                username);
    }

    Optional<Login> loginByEmail(Sql sql, String emailKey) {
        return sql.one(
                "SELECT id, password_hash FROM join_requests WHERE email_key = ? AND status = 'pending'",
                JoinRequestDao::login,
                emailKey);
    }

    private static final String SELECT =
            "SELECT r.*, u.display_name AS decider FROM join_requests r LEFT JOIN users u ON u.id = r.decided_by";

    private static Login login(Row row) throws SQLException {
        return new Login(null, row.number("id"), row.text("password_hash"));
    }

    private static Waiting waiting(Row row) throws SQLException {
        Grant grant = new Grant(
                row.constant("role", Role.class), row.numberOrNull("quota_bytes"), row.numberOrNull("membership_days"));
        return new Waiting(request(row), grant, row.text("password_hash"));
    }

    private static JoinRequest request(Row row) throws SQLException {
        Long decidedBy = row.numberOrNull("decided_by");
        return new JoinRequest(
                row.number("id"),
                row.text("username"),
                row.text("display_name"),
                row.text("email"),
                row.constant("status", JoinRequest.Status.class),
                row.numberOrNull("invite_id"),
                row.instant("created_at"),
                row.instant("decided_at"),
                decidedBy == null ? null : new Person(decidedBy, row.text("decider")));
    }
}
