package dev.latchkey.audit;

import dev.latchkey.db.Database;
import dev.latchkey.db.Sql;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** The audit log. Rows are written inside the transaction of the change that they tell of. */
public final class Audit {
    private static final Duration SAME_FAILURE = Duration.ofHours(1);

    private final AuditDao dao = new AuditDao();
    private final Database database;
    private final Clock clock;

    public Audit(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Writes one row in the transaction of {@code sql}.
     *
     * @param action {@code noun.verb}, such as {@code invite.create}
     * @param target what it is about, or null
     * @param detail a few words for people, or null; never a secret
     */
    public void record(Sql sql, Actor actor, String action, Target target, String detail) {
        dao.insert(sql, clock.instant(), actor, action, target, detail);
    }

    /**
     * As {@link #record}, but a repetition by the same address on the same target within an hour only counts up the
     * row that is there, so that an attacker cannot fill the disk.
     */
    public void recordRepeatable(Sql sql, Actor actor, String action, Target target, String detail) {
        if (!dao.countUp(sql, clock.instant().minus(SAME_FAILURE), actor, action, target)) {
            record(sql, actor, action, target, detail);
        }
    }

    /** Forgets at most {@code limit} rows that are older than {@code kept}, the oldest first, and says how many. */
    public int sweep(Duration kept, int limit) {
        return database.write(sql -> dao.deleteOld(sql, clock.instant().minus(kept), limit));
    }

    /** At most {@code limit} rows, newest first, behind {@code cursor} (null: from the newest). */
    public List<AuditEntry> list(AuditFilter filter, AuditCursor cursor, int limit) {
        return database.read(sql -> dao.list(sql, filter, cursor, limit));
    }
}
