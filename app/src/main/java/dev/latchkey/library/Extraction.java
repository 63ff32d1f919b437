package dev.latchkey.library;

import dev.latchkey.blob.Blobs;
import dev.latchkey.blob.ThumbnailFiles;
import dev.latchkey.blob.ThumbnailFiles.Drafts;
import dev.latchkey.db.Database;
import dev.latchkey.error.Problem;
import dev.latchkey.extract.Extractor;
import dev.latchkey.extract.Facts;
import dev.latchkey.extract.NoReaderException;
import dev.latchkey.library.ExtractionDao.Waiting;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what files tell about themselves and makes thumbnails, one file after the other on a thread of its own. The rows
 * of the media are its queue: what is not read yet when the server stops, is read after the next start. An attempt is
 * counted before it begins, so that a file which takes the machine down is given up in the end.
 */
public final class Extraction implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Extraction.class);
    private static final int ATTEMPTS = 3;
    /** How long the reader is kept for the next file. */
    private static final Duration QUIET = Duration.ofSeconds(10);
    /** How long to wait when the disk is full, or something else is wrong that has nothing to do with a file. */
    private static final Duration TROUBLE = Duration.ofMinutes(1);

    private static final Duration BREATH = Duration.ofMillis(20);
    private static final Duration LAST_FILE = Duration.ofSeconds(3);

    private final ExtractionDao dao = new ExtractionDao();
    private final Semaphore bell = new Semaphore(0);
    private final Database database;
    private final Blobs blobs;
    private final ThumbnailFiles thumbnails;
    private final Extractor extractor;
    private final MediaListener listener;
    private final Clock clock;
    private final Thread thread;
    private boolean troubled;
    private volatile boolean stopped;

    /** @param listener is told when a file was read */
    public Extraction(
            Database database,
            Blobs blobs,
            ThumbnailFiles thumbnails,
            Extractor extractor,
            MediaListener listener,
            Clock clock) {
        this.database = database;
        this.blobs = blobs;
        this.thumbnails = thumbnails;
        this.extractor = extractor;
        this.listener = listener;
        this.clock = clock;
        this.thread = new Thread(this::work, "extraction");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
    }

    /** Begins to read, with what is left from before. */
    public void start() {
        thread.start();
    }

    /** There may be something to read; call it after the commit. */
    public void ring() {
        bell.release();
    }

    /** Has a file read anew whose thumbnail was lost. */
    void again(long id) {
        database.run(sql -> dao.again(sql, id));
        ring();
    }

    private void work() {
        try {
            attempt(this::takeUpAgain);
            while (!stopped) {
                if (!attempt(this::readAll)) {
                    extractor.rest();
                    await(TROUBLE);
                } else if (!await(QUIET)) {
                    extractor.rest();
                    bell.acquire();
                }
                bell.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean await(Duration time) throws InterruptedException {
        return bell.tryAcquire(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What had to do without a program that has been installed since then; no program is asked when nothing had to. */
    private void takeUpAgain() {
        if (!database.read(dao::anyWithoutThumbnail)) {
            return;
        }
        Set<String> types = extractor.readableByProgram();
        if (!types.isEmpty()) {
            database.write(sql -> dao.againWithoutThumbnail(sql, types));
        }
    }

    /** Trouble is written to the log once, however long it lasts. */
    private boolean attempt(Runnable work) {
        try {
            work.run();
            if (troubled) {
                LOG.info("Thumbnails are made again");
            }
            troubled = false;
            return true;
        } catch (RuntimeException e) {
            if (!troubled && !stopped) {
                LOG.warn("No thumbnails can be made at the moment; files wait", e);
            }
            troubled = true;
            return false;
        }
    }

    private void readAll() {
        Optional<Waiting> next = next();
        while (next.isPresent() && !stopped) {
            read(next.get());
            breathe();
            next = next();
        }
    }

    /** Leaves the writer to others for a while: files that are quickly refused must not slow uploads down. */
    private static void breathe() {
        try {
            Thread.sleep(BREATH.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable("The server is stopping.", e);
        }
    }

    private Optional<Waiting> next() {
        return database.read(dao::next);
    }

    private void read(Waiting file) {
        thumbnails.requireRoom();
        if (file.attempts() >= ATTEMPTS) {
            LOG.warn("Media {} cannot be read; it stays without a thumbnail", file.id());
            finish(file, Facts.unreadable());
            return;
        }
        database.run(sql -> dao.countAttempt(sql, file.id()));
        try (Drafts drafts = thumbnails.drafts()) {
            finish(file, drafts, extract(file, drafts));
        } catch (NoReaderException e) {
            takeBack(file);
            throw Problem.unavailable("Files cannot be read", e);
        } catch (IOException e) {
            if (stopped) {
                takeBack(file);
            } else {
                LOG.info("Reading media {} ended without a result ({})", file.id(), e.getMessage());
            }
        }
    }

    private Facts extract(Waiting file, Drafts drafts) throws IOException {
        return extractor.extract(
                blobs.path(file.sha256()), file.contentType(), drafts.small(), drafts.large(), clock.instant());
    }

    private void takeBack(Waiting file) {
        database.run(sql -> dao.takeBackAttempt(sql, file.id()));
    }

    private void finish(Waiting file, Drafts drafts, Facts facts) {
        switch (facts.thumbnail()) {
            case JPEG -> keep(file, drafts, "jpg");
            case PNG -> keep(file, drafts, "png");
            case NOT_WRITTEN -> {
                takeBack(file);
                throw Problem.storageFull(null);
            }
            default -> LOG.debug("Media {} gets no thumbnail", file.id());
        }
        finish(file, facts);
    }

    private void keep(Waiting file, Drafts drafts, String suffix) {
        try {
            thumbnails.keep(file.sha256(), drafts, suffix);
        } catch (Problem e) {
            takeBack(file);
            throw e;
        }
    }

    /** What was purged in the meantime leaves nothing behind. */
    private void finish(Waiting file, Facts facts) {
        boolean failed = facts.thumbnail() == Facts.Thumbnail.REFUSED;
        if (database.write(sql -> dao.finish(sql, file.id(), facts, failed))) {
            listener.changed(file.id());
        } else {
            thumbnails.delete(file.sha256());
        }
    }

    /** Ends the reader at once and waits for the thread; the file that was being read is read after the next start. */
    @Override
    public void close() {
        stopped = true;
        extractor.close();
        ring();
        try {
            thread.join(LAST_FILE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
