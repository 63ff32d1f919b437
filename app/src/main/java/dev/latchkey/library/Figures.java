package dev.latchkey.library;

import dev.latchkey.db.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** How much of everything there is, for whoever runs the library. */
public final class Figures {
    /** A million files are counted in a tenth of a second, which is nothing once, and too much for each look. */
    private static final Duration LIFE = Duration.ofSeconds(10);

    private final FiguresDao dao = new FiguresDao();
    private final Database database;
    private final Clock clock;
    private Counts latest;
    private Instant until = Instant.MIN;

    public Figures(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Numbers of one moment. Media in the trash are not in {@code media}, but their bytes are in {@code blobBytes};
     * {@code users} are all accounts that were not removed.
     */
    public record Counts(
            long media, long trash, long blobBytes, long toExtract, long users, long mailPending, long mailDead) {}

    /** The numbers as they are, or were in the last ten seconds. */
    public synchronized Counts latest() {
        Instant now = clock.instant();
        if (!now.isBefore(until)) {
            latest = count();
            until = now.plus(LIFE);
        }
        return latest;
    }

    private Counts count() {
        return database.read(sql -> {
            FiguresDao.Files shown = dao.shown(sql);
            FiguresDao.Files trash = dao.trash(sql);
            return new Counts(
                    shown.number(),
                    trash.number(),
                    shown.bytes() + trash.bytes(),
                    dao.toExtract(sql),
                    dao.users(sql),
                    dao.mails(sql, "pending"),
                    dao.mails(sql, "dead"));
        });
    }
}
