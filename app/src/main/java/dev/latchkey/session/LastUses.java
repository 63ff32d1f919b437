package dev.latchkey.session;

import dev.latchkey.db.Database;
import dev.latchkey.db.Sql;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** When credentials were used last, kept in memory and written behind in batches: no request waits for a disk. */
final class LastUses {
    private static final int BATCH = 500;

    private final Map<Long, Use> unwritten = new ConcurrentHashMap<>();
    private final Database database;
    private final Store store;

    /** A use: when, null for never; and the address that it came from, null where that is not kept. */
    record Use(Instant at, String ip) {}

    /** Where uses are written to. */
    interface Store {
        /** Notes a use; an earlier one than is there, or one of an ended credential, changes nothing. */
        void noteUse(Sql sql, long id, Use use);
    }

    LastUses(Database database, Store store) {
        this.database = database;
        this.store = store;
    }

    void note(long id, Use use) {
        unwritten.put(id, use);
    }

    /** The last use that is known: a noted one, or else the stored one. */
    Use latest(long id, Use stored) {
        Use noted = unwritten.get(id);
        boolean older = noted == null || stored.at() != null && noted.at().isBefore(stored.at());
        return older ? stored : noted;
    }

    /** Writes what is noted, of ended credentials nothing; what a failed batch holds stays noted for the next time. */
    void flush() {
        List<Map.Entry<Long, Use>> uses = List.copyOf(unwritten.entrySet());
        for (int start = 0; start < uses.size(); start += BATCH) {
            List<Map.Entry<Long, Use>> batch = uses.subList(start, Math.min(start + BATCH, uses.size()));
            database.run(sql -> batch.forEach(use -> store.noteUse(sql, use.getKey(), use.getValue())));
            batch.forEach(use -> unwritten.remove(use.getKey(), use.getValue()));
        }
    }
}
