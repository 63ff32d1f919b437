package dev.latchkey.library;

import dev.latchkey.db.Sql;
import java.util.List;

/** The table {@code media_tags}. */
final class TagDao {
    void replace(Sql sql, long mediaId, List<String> tags) {
        sql.update("DELETE FROM media_tags WHERE media_id = ?", mediaId);
        for (String tag : tags) {
            sql.update("""
                    INSERT INTO media_tags (media_id, tag, tag_key, uploaded_at, timeline_at, name_key, size_bytes)
                    SELECT id, ?, ?, uploaded_at, timeline_at, name_key, size_bytes FROM media WHERE id = ?""", tag, Tags.key(tag), mediaId);
        }
    }
}
