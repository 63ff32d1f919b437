package dev.latchkey.library;

import dev.latchkey.db.Row;
import dev.latchkey.db.Sql;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ObjLongConsumer;

/** The table {@code media}. */
final class MediaDao {
    static final String COLUMNS = """
            m.*, u.display_name AS uploader_name, b.display_name AS trasher_name, (
                SELECT group_concat(x.tag, char(10)) FROM (
                    SELECT tag FROM media_tags WHERE media_id = m.id ORDER BY tag_key) x) AS tags,
            """ + DeletionRequestDao.PENDING + " AS deletion_requested";

    static final String PEOPLE = " LEFT JOIN users u ON u.id = m.uploader_id LEFT JOIN users b ON b.id = m.trashed_by";

    static final String HAS_TAG = "EXISTS (SELECT 1 FROM media_tags t WHERE t.media_id = m.id AND t.tag_key = ?)";

    /** The kinds whose files tell something about themselves. */
    private static final Set<Kind> READ_IN_BACKGROUND = Set.of(Kind.IMAGE, Kind.VIDEO, Kind.AUDIO);

    private static final String SELECT = "SELECT " + COLUMNS + " FROM media m" + PEOPLE;

    List<Media> list(Sql sql, MediaQuery query) {
        return sql.list(query.sql(), MediaDao::media, query.parameters());
    }

    /** Tells {@code each} how many media there are in every quarter of an hour that has any. */
    void quarters(Sql sql, MediaQuery query, ObjLongConsumer<Instant> each) {
        sql.each(
                query.sql(),
                row -> each.accept(Instant.ofEpochSecond(row.number("quarter") * 900), row.number("media")),
                query.parameters());
    }

    /** Who uploaded what is not in the trash; people are few. */
    List<Facets.Uploader> uploaders(Sql sql) {
        return sql.list(
                """
                SELECT u.id, u.display_name, c.media FROM (
                    SELECT uploader_id, count(*) AS media FROM media
                    WHERE trashed_at IS NULL AND uploader_id IS NOT NULL GROUP BY uploader_id) c
                JOIN users u ON u.id = c.uploader_id ORDER BY c.media DESC, u.id""",
                row -> new Facets.Uploader(
                        new Person(row.number("id"), row.text("display_name")), row.number("media")));
    }

    /** Whatever has these bytes, trash included. */
    Optional<Media> bySha256(Sql sql, String sha256) {
        return sql.one(SELECT + " WHERE m.sha256 = ?", MediaDao::media, sha256);
    }

    boolean exists(Sql sql, String sha256) {
        return sql.exists("SELECT 1 FROM media WHERE sha256 = ?", sha256);
    }

    boolean existsOutsideTrash(Sql sql, String sha256) {
        return sql.exists("SELECT 1 FROM media WHERE sha256 = ? AND trashed_at IS NULL", sha256);
    }

    Optional<Media> one(Sql sql, long id) {
        return sql.one(SELECT + " WHERE m.id = ? AND m.trashed_at IS NULL", MediaDao::media, id);
    }

    /** What lies in the trash, as far as {@code onlyOf} uploaded it; null sees all. */
    Optional<Media> trashed(Sql sql, long id, Long onlyOf) {
        return sql.one(
                SELECT + " WHERE m.id = ? AND m.trashed_at IS NOT NULL AND (?2 IS NULL OR m.uploader_id = ?2)",
                MediaDao::media,
                id,
                onlyOf);
    }

    List<Media> trash(Sql sql, Long onlyOf, TrashCursor after, int limit) {
        TrashCursor start = after == null ? new TrashCursor(Instant.ofEpochMilli(Long.MAX_VALUE), 0) : after;
        return sql.list(trashSql(onlyOf), MediaDao::media, start.trashedAt(), start.id(), onlyOf, limit);
    }

    static String trashSql(Long onlyOf) {
        String whose = onlyOf == null ? "?3 IS NULL" : "m.uploader_id = ?3";
        return SELECT + " WHERE m.trashed_at IS NOT NULL AND (m.trashed_at, m.id) < (?1, ?2) AND " + whose
                + " ORDER BY m.trashed_at DESC, m.id DESC LIMIT ?4";
    }

    /** The ids of what was trashed before {@code before}, oldest first. */
    List<Long> trashedBefore(Sql sql, Instant before, int limit) {
        return sql.list(
                "SELECT id FROM media WHERE trashed_at IS NOT NULL AND trashed_at < ? ORDER BY trashed_at, id LIMIT ?",
                row -> row.number("id"),
                before,
                limit);
    }

    long insert(Sql sql, NewMedia media, Instant now, Long uploaderId) {
        return sql.insert(
                        """
                        INSERT INTO media
                            (sha256, filename, name_key, kind, content_type, size_bytes,
                             uploaded_at, timeline_at, uploader_id, extraction)
                        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7, ?8, ?9) RETURNING id""",
                        media.sha256(),
                        media.filename(),
                        FileNames.key(media.filename()),
                        media.kind(),
                        media.contentType(),
                        media.sizeBytes(),
                        now,
                        uploaderId,
                        READ_IN_BACKGROUND.contains(media.kind()) ? "pending" : "done")
                .orElseThrow();
    }

    void describe(Sql sql, long id, String title, String description) {
        sql.update("UPDATE media SET title = ?, description = ? WHERE id = ?", title, description, id);
    }

    void setUploader(Sql sql, long id, Long uploaderId) {
        sql.update("UPDATE media SET uploader_id = ? WHERE id = ?", uploaderId, id);
    }

    void trash(Sql sql, long id, Instant now, Long by) {
        sql.update("UPDATE media SET trashed_at = ?, trashed_by = ? WHERE id = ?", now, by, id);
    }

    void restore(Sql sql, long id) {
        sql.update("UPDATE media SET trashed_at = NULL, trashed_by = NULL WHERE id = ?", id);
    }

    void delete(Sql sql, long id) {
        sql.update("DELETE FROM media WHERE id = ?", id);
    }

    private static Media media(Row row) throws SQLException {
        String tags = row.text("tags");
        return new Media(
                row.number("id"),
                row.text("sha256"),
                row.text("filename"),
                row.text("title"),
                row.text("description"),
                tags == null ? List.of() : List.of(tags.split("\n")),
                row.constant("kind", Kind.class),
                row.text("content_type"),
                row.number("size_bytes"),
                integer(row.numberOrNull("width")),
                integer(row.numberOrNull("height")),
                duration(row.numberOrNull("duration_ms")),
                row.instant("taken_at"),
                row.flag("has_thumbnail"),
                row.flag("deletion_requested"),
                row.instant("uploaded_at"),
                row.instant("timeline_at"),
                person(row.numberOrNull("uploader_id"), row.text("uploader_name")),
                row.instant("trashed_at"),
                person(row.numberOrNull("trashed_by"), row.text("trasher_name")));
    }

    private static Integer integer(Long value) {
        return value == null ? null : Integer.valueOf(Math.toIntExact(value));
    }

    private static Duration duration(Long millis) {
        return millis == null ? null : Duration.ofMillis(millis);
    }

    private static Person person(Long id, String displayName) {
        return id == null ? null : new Person(id, displayName);
    }
}
