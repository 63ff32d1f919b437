package dev.latchkey.library;

import dev.latchkey.db.Database;

/**
 * Keeps the full-text index in one piece. Each upload adds a small one, which SQLite merges with others of its size; a
 * search has to look into all that are left, a dozen in a large library, and costs as many times more.
 */
public final class SearchUpkeep {
    private final SearchDao search = new SearchDao();
    private final Database database;
    private boolean begun;

    public SearchUpkeep(Database database) {
        this.database = database;
    }

    /** Merges {@code pages} more, for one thread; 0 when there is one piece and nothing left to do. */
    public int merge(int pages) {
        begun = database.write(sql -> begun ? search.mergeOn(sql, pages) : search.merge(sql, pages));
        return begun ? pages : 0;
    }
}
