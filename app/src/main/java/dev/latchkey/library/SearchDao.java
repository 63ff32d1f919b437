package dev.latchkey.library;

import dev.latchkey.db.Sql;

/** The full-text table {@code media_search}, which holds what is not in the trash. */
final class SearchDao {
    /** The condition that one row of media matches; counted, as EXISTS could be turned into a join. */
    static final String MATCHES =
            "(SELECT count(*) FROM media_search s WHERE s.media_search MATCH ? AND s.rowid = m.id) > 0";

    /** Whether at least {@code count} media match; the cost grows with {@code count}. */
    boolean hasMatches(Sql sql, String search, int count) {
        return sql.exists(
                "SELECT 1 FROM media_search WHERE media_search MATCH ? ORDER BY rowid LIMIT 1 OFFSET ?",
                search,
                count - 1);
    }

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

    /** Begins to merge all pieces of the index into one; whether there was anything to do. */
    boolean merge(Sql sql, int pages) {
        return mergeOn(sql, -pages);
    }

    /** Goes on with what {@link #merge} began. The full-text engine tells by its changes whether it did anything. */
    boolean mergeOn(Sql sql, int pages) {
        long before = changes(sql);
        sql.update("INSERT INTO media_search (media_search, rank) VALUES ('merge', ?)", pages);
        return changes(sql) - before >= 2;
    }

    private static long changes(Sql sql) {
        return sql.one("SELECT total_changes() AS n", row -> row.number("n")).orElseThrow();
    }
}
