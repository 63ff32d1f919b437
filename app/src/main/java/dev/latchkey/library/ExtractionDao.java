package dev.latchkey.library;

import dev.latchkey.db.Sql;
import dev.latchkey.extract.Facts;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;

/** The columns of {@code media} that its file tells, and the queue of files that have not been read. */
final class ExtractionDao {
    static final String NEXT = """
            SELECT id, sha256, content_type, extraction_attempts FROM media
            WHERE extraction = 'pending' ORDER BY id DESC LIMIT 1""";

    private static final String WITHOUT_THUMBNAIL =
            "extraction = 'done' AND has_thumbnail = 0 AND kind IN ('image', 'video')";

    /** A file to be read. */
    record Waiting(long id, String sha256, String contentType, int attempts) {}

    /** The one that came last: whoever has just uploaded it is looking at the page. */
    Optional<Waiting> next(Sql sql) {
        return sql.one(
                NEXT,
                row -> new Waiting(row.number("id"), row.text("sha256"), row.text("content_type"), (int)
                        row.number("extraction_attempts")));
    }

    void countAttempt(Sql sql, long id) {
        sql.update("UPDATE media SET extraction_attempts = extraction_attempts + 1 WHERE id = ?", id);
    }

    /** Takes an attempt back that came to nothing for reasons which have nothing to do with the file. */
    void takeBackAttempt(Sql sql, long id) {
        sql.update(
                "UPDATE media SET extraction_attempts = extraction_attempts - 1"
                        + " WHERE id = ? AND extraction_attempts > 0",
                id);
    }

    /** Whether the medium is still there. */
    boolean finish(Sql sql, long id, Facts facts, boolean failed) {
        boolean there = sql.update(
                        """
                        UPDATE media SET extraction = ?1, has_thumbnail = ?2, width = ?3, height = ?4, duration_ms = ?5,
                            taken_at = ?6, timeline_at = COALESCE(?6, uploaded_at)
                        WHERE id = ?7""",
                        failed ? "failed" : "done",
                        facts.thumbnail().isMade(),
                        facts.width(),
                        facts.height(),
                        facts.duration() == null ? null : facts.duration().toMillis(),
                        facts.takenAt(),
                        id)
                > 0;
        sql.update(
                "UPDATE media_tags SET timeline_at = (SELECT timeline_at FROM media WHERE id = media_id)"
                        + " WHERE media_id = ?",
                id);
        return there;
    }

    /** Lets a file be read anew. */
    void again(Sql sql, long id) {
        sql.update(
                "UPDATE media SET extraction = 'pending', extraction_attempts = 0, has_thumbnail = 0 WHERE id = ?", id);
    }

    /** Whether a picture or film has no thumbnail though nothing was wrong with it. */
    boolean anyWithoutThumbnail(Sql sql) {
        return sql.one("SELECT 1 AS found FROM media WHERE " + WITHOUT_THUMBNAIL + " LIMIT 1", row -> true)
                .isPresent();
    }

    /** Lets files of these types be read anew that have no thumbnail though nothing was wrong with them. */
    int againWithoutThumbnail(Sql sql, Collection<String> contentTypes) {
        return sql.update(
                "UPDATE media SET extraction = 'pending', extraction_attempts = 0"
                        + " WHERE " + WITHOUT_THUMBNAIL + " AND content_type IN ("
                        + String.join(", ", Collections.nCopies(contentTypes.size(), "?")) + ")",
                contentTypes.toArray());
    }
}
