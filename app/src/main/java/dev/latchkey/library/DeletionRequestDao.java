package dev.latchkey.library;

import dev.latchkey.db.Row;
import dev.latchkey.db.Sql;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table {@code deletion_requests}. */
final class DeletionRequestDao {
    /** The condition that somebody asks for the deletion of one row of media. */
    static final String PENDING =
            "EXISTS (SELECT 1 FROM deletion_requests d WHERE d.media_id = m.id AND d.status = 'pending')";

    static final String DELETE_DECIDED = """
            DELETE FROM deletion_requests WHERE id IN (
                SELECT id FROM deletion_requests WHERE decided_at <= ? ORDER BY decided_at LIMIT ?)""";

    private static final String SELECT = """
            SELECT r.*, m.filename, m.title, m.kind, m.has_thumbnail, u.display_name AS requester,
                b.display_name AS decider
            FROM deletion_requests r JOIN media m ON m.id = r.media_id
                LEFT JOIN users u ON u.id = r.requested_by LEFT JOIN users b ON b.id = r.decided_by""";

    /** The id of the new request; empty when one waits already. */
    Optional<Long> insert(Sql sql, long mediaId, String reason, Long by, Instant now) {
        return sql.insert("""
                        INSERT INTO deletion_requests (media_id, reason, status, requested_by, created_at)
                        VALUES (?, ?, 'pending', ?, ?)
                        ON CONFLICT (media_id) WHERE status = 'pending' DO NOTHING RETURNING id""", mediaId, reason, by, now);
    }

    Optional<DeletionRequest> find(Sql sql, long id) {
        return sql.one(SELECT + " WHERE r.id = ?", DeletionRequestDao::request, id);
    }

    /** The id of the request that waits for an answer about a medium. */
    Optional<Long> pending(Sql sql, long mediaId) {
        return sql.one(
                "SELECT id FROM deletion_requests WHERE media_id = ? AND status = 'pending'",
                row -> row.number("id"),
                mediaId);
    }

    /** Answers a request; false when somebody did before. */
    boolean decide(Sql sql, long id, DeletionRequest.Status decision, Long by, Instant now) {
        return sql.update("""
                        UPDATE deletion_requests SET status = ?, decided_at = ?, decided_by = ?
                        WHERE id = ? AND status = 'pending'""", decision, now, by, id) > 0;
    }

    /** Newest first, from below {@code beforeId}; of one status, or of all for null. */
    List<DeletionRequest> list(Sql sql, DeletionRequest.Status status, long beforeId, int limit) {
        List<Object> parameters = new ArrayList<>();
        if (status != null) {
            parameters.add(status);
        }
        parameters.addAll(List.of(beforeId, limit));
        return sql.list(listSql(status), DeletionRequestDao::request, parameters.toArray());
    }

    static String listSql(DeletionRequest.Status status) {
        return SELECT + " WHERE " + (status == null ? "" : "r.status = ? AND ") + "r.id < ? ORDER BY r.id DESC LIMIT ?";
    }

    int deleteDecided(Sql sql, Instant before, int limit) {
        return sql.update(DELETE_DECIDED, before, limit);
    }

    private static DeletionRequest request(Row row) throws SQLException {
        return new DeletionRequest(
                row.number("id"),
                new DeletionRequest.Subject(
                        row.number("media_id"),
                        row.text("filename"),
                        row.text("title"),
                        row.constant("kind", Kind.class),
                        row.flag("has_thumbnail")),
                row.text("reason"),
                row.constant("status", DeletionRequest.Status.class),
                person(row.numberOrNull("requested_by"), row.text("requester")),
                row.instant("created_at"),
                row.instant("decided_at"),
                person(row.numberOrNull("decided_by"), row.text("decider")));
    }

    private static Person person(Long id, String displayName) {
        return id == null ? null : new Person(id, displayName);
    }
}
