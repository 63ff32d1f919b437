package dev.latchkey.session;

import dev.latchkey.db.Database;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** When sessions were used last, kept in memory and written behind in batches: no request waits for a disk. */
final class LastUses {
    private static final int BATCH = 500;

    private final Map<Long, Instant> unwritten = new ConcurrentHashMap<>();
    private final Database database;
    private final SessionDao dao;

    LastUses(Database database, SessionDao dao) {
        this.database = database;
        this.dao = dao;
    }

    void note(long sessionId, Instant at) {
        unwritten.put(sessionId, at);
    }

    /** The last use that is known: a noted one, or else the stored one. */
    Instant latest(long sessionId, Instant stored) {
        Instant noted = unwritten.get(sessionId);
        return noted == null || noted.isBefore(stored) ? stored : noted;
    }

    /** Writes what is noted, of ended sessions nothing; what a failed batch holds stays noted for the next time. */
    void flush() {
        List<Map.Entry<Long, Instant>> uses = List.copyOf(unwritten.entrySet());
        for (int start = 0; start < uses.size(); start += BATCH) {
            List<Map.Entry<Long, Instant>> batch = uses.subList(start, Math.min(start + BATCH, uses.size()));
            database.run(sql -> batch.forEach(use -> dao.noteUse(sql, use.getKey(), use.getValue())));
            batch.forEach(use -> unwritten.remove(use.getKey(), use.getValue()));
        }
    }
}
