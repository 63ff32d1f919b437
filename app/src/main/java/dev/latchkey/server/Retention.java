package dev.latchkey.server;

import dev.latchkey.error.Problem;
import java.time.Duration;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets what has had its time, and tidies up. It never holds the one writer for long: rows go in small batches, each in a
 * transaction of its own, and after each the requests that wait have their turn.
 */
final class Retention implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    /** How many rows a transaction removes at most: with 200, a checkpoint comes with nearly every one. */
    static final int BATCH = 50;

    private static final Duration PAUSE = Duration.ofMillis(50);

    private final List<Part> parts;
    private volatile boolean stopped;

    /** @param batch removes (or tidies up) at most so many rows and says how many; 0 when nothing is left to do */
    record Part(String what, IntUnaryOperator batch) {}

    Retention(Part... parts) {
        this.parts = List.of(parts);
    }

    /** Every part, one after the other; one that fails is tried again at the next run and keeps no other waiting. */
    void run() {
        for (Part part : parts) {
            try {
                sweep(part);
            } catch (RuntimeException e) {
                LOG.error("Forgetting old {} failed; it will be tried again", part.what(), e);
            }
        }
    }

    private void sweep(Part part) {
        long all = 0;
        int done = BATCH;
        while (done > 0 && !stopped) {
            done = part.batch().applyAsInt(BATCH);
            all += done;
            pause(done);
        }
        if (all > 0) {
            LOG.info("Cleaned up {}: {}", part.what(), all);
        }
    }

    private static void pause(int done) {
        if (done == 0) {
            return;
        }
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable("The server is stopping.", e);
        }
    }

    /** Ends a run after the batch that is under way. */
    @Override
    public void close() {
        stopped = true;
    }

    List<Part> parts() {
        return parts;
    }
}
