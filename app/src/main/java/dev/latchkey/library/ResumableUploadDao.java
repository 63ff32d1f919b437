package dev.latchkey.library;

import dev.latchkey.db.Row;
import dev.latchkey.db.Sql;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The table {@code uploads}. */
final class ResumableUploadDao {
    private static final String SELECT = "SELECT * FROM uploads";

    long insert(Sql sql, Long ownerId, String filename, String metadata, long length, Instant now, Instant expiresAt) {
        return sql.insert("""
                        INSERT INTO uploads (owner_id, filename, metadata, length_bytes, created_at, expires_at)
                        VALUES (?, ?, ?, ?, ?, ?) RETURNING id""", ownerId, filename, metadata, length, now, expiresAt)
                .orElseThrow();
    }

    /** The upload, if it is this person's; null is the local owner. */
    Optional<ResumableUpload> ofOwner(Sql sql, long id, Long ownerId) {
        return sql.one(SELECT + " WHERE id = ? AND owner_id IS ?", ResumableUploadDao::upload, id, ownerId);
    }

    /** What this person has begun and not brought to an end; bounded, as their number is. */
    List<ResumableUpload> open(Sql sql, Long ownerId, Instant now) {
        return sql.list(
                SELECT + " WHERE owner_id IS ? AND finished_at IS NULL AND expires_at > ?",
                ResumableUploadDao::upload,
                ownerId,
                now);
    }

    /** What anybody has begun and not brought to an end, what moved last first. */
    List<ResumableUpload> unfinished(Sql sql, Instant now, int limit) {
        return sql.list(
                SELECT + " WHERE expires_at > ? AND finished_at IS NULL ORDER BY expires_at DESC LIMIT ?",
                ResumableUploadDao::upload,
                now,
                limit);
    }

    boolean isOpen(Sql sql, long id) {
        return sql.exists("SELECT 1 FROM uploads WHERE id = ? AND finished_at IS NULL", id);
    }

    void renew(Sql sql, long id, Instant expiresAt) {
        sql.update("UPDATE uploads SET expires_at = ? WHERE id = ? AND finished_at IS NULL", expiresAt, id);
    }

    /** Ends an upload, as a medium or (null) as nothing; false when it had ended, or is gone. */
    boolean finish(Sql sql, long id, Long mediaId, Instant now) {
        return sql.update(
                        "UPDATE uploads SET finished_at = ?, media_id = ? WHERE id = ? AND finished_at IS NULL",
                        now,
                        mediaId,
                        id)
                > 0;
    }

    void delete(Sql sql, long id) {
        sql.update("DELETE FROM uploads WHERE id = ?", id);
    }

    /** Forgets uploads whose time is over, and those of people who may not go on; says which. */
    List<Long> deleteEnded(Sql sql, Instant now, int limit) {
        return sql.list("""
                DELETE FROM uploads WHERE id IN (
                    SELECT up.id FROM uploads up LEFT JOIN users u ON u.id = up.owner_id
                    WHERE up.expires_at <= ?1 OR u.active = 0 OR u.deleted_at IS NOT NULL
                        OR u.membership_ends_at <= ?1
                    LIMIT ?2)
                RETURNING id""", row -> row.number("id"), now, limit);
    }

    private static ResumableUpload upload(Row row) throws SQLException {
        return new ResumableUpload(
                row.number("id"),
                row.numberOrNull("owner_id"),
                row.text("filename"),
                row.text("metadata"),
                row.number("length_bytes"),
                row.numberOrNull("media_id"),
                row.instant("finished_at"),
                row.instant("expires_at"));
    }
}
