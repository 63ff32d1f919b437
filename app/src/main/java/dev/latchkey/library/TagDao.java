package dev.latchkey.library;

import dev.latchkey.db.Sql;
import java.util.List;

/** The table {@code media_tags}. */
final class TagDao {
    /** Trashed media keep their tags; there are fewer of them, so they are taken off what the index counts. */
    static final String BEGINNING = """
            WITH tagged AS (
                SELECT tag_key, count(*) AS media FROM media_tags
                WHERE tag_key >= ?1 AND tag_key < ?1 || char(1114111) GROUP BY tag_key),
            trashed AS (
                SELECT t.tag_key, count(*) AS media FROM media m CROSS JOIN media_tags t ON t.media_id = m.id
                WHERE m.trashed_at IS NOT NULL AND t.tag_key >= ?1 AND t.tag_key < ?1 || char(1114111)
                GROUP BY t.tag_key),
            used AS (
                SELECT g.tag_key, g.media - coalesce(x.media, 0) AS media
                FROM tagged g LEFT JOIN trashed x ON x.tag_key = g.tag_key WHERE g.media > coalesce(x.media, 0)
                ORDER BY media DESC, g.tag_key LIMIT ?2)
            SELECT u.media, (
                SELECT t.tag FROM media_tags t WHERE t.tag_key = u.tag_key
                ORDER BY t.uploaded_at DESC, t.media_id DESC LIMIT 1) AS tag
            FROM used u ORDER BY u.media DESC, u.tag_key""";

    /** The most used tags whose key begins with {@code key}. */
    List<Facets.Tag> beginning(Sql sql, String key, int limit) {
        return sql.list(BEGINNING, row -> new Facets.Tag(row.text("tag"), row.number("media")), key, limit);
    }

    void replace(Sql sql, long mediaId, List<String> tags) {
        sql.update("DELETE FROM media_tags WHERE media_id = ?", mediaId);
        for (String tag : tags) {
            sql.update("""
                    INSERT INTO media_tags (media_id, tag, tag_key, uploaded_at, timeline_at, name_key, size_bytes)
                    SELECT id, ?, ?, uploaded_at, timeline_at, name_key, size_bytes FROM media WHERE id = ?""", tag, Tags.key(tag), mediaId);
        }
    }
}
