package dev.latchkey.library;

import dev.latchkey.db.Sql;

/** The full-text table {@code media_search}, which holds what is not in the trash. */
final class SearchDao {
    void put(Sql sql, Media media) {
        sql.update(
                "INSERT INTO media_search (rowid, filename, title, description, tags) VALUES (?, ?, ?, ?, ?)",
                media.id(),
                media.filename(),
                media.title(),
                media.description(),
                String.join(" ", media.tags()));
    }

    void replace(Sql sql, Media media) {
        remove(sql, media.id());
        put(sql, media);
    }

    void remove(Sql sql, long id) {
        sql.update("DELETE FROM media_search WHERE rowid = ?", id);
    }
}
