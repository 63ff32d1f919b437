package dev.latchkey.server;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens by itself: writing down last uses, emptying the trash, forgetting what is old, sweeping up. */
final class Jobs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);
    /** Small batches, so that a clean-up never holds the writer for long. */
    private static final int BATCH = 200;

    private final App app;
    private final ScheduledExecutorService executor;

    Jobs(App app) {
        this.app = app;
        // Two threads: a long clean-up must not keep last uses in memory for minutes.
        ScheduledThreadPoolExecutor threads = new ScheduledThreadPoolExecutor(2, Jobs::thread);
        threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        executor = threads;
        // Not at once: it would take its second from the start.
        executor.schedule(() -> run(app.library().contentTypes::warmUp), 2, TimeUnit.SECONDS);
        every(Duration.ofSeconds(30), app.sessions().sessions::flushLastUsed);
        every(Duration.ofSeconds(30), app.sessions().personalTokens::flushLastUsed);
        every(Duration.ofHours(1), () -> inBatches(app.library().trash::purgeExpired));
        every(Duration.ofHours(1), () -> inBatches(app.library().resumableUploads::sweep));
        every(Duration.ofHours(6), app.library().blobs::sweep);
        every(Duration.ofHours(6), app.library().resumableUploads::sweepFiles);
        every(Duration.ofHours(6), app.library().thumbnailFiles::sweep);
        // Soon after each start, since many machines sleep at night.
        after(Duration.ofMinutes(2), Duration.ofDays(1), () -> inBatches(app.sessions().personalTokens::warn));
        after(Duration.ofMinutes(2), Duration.ofDays(1), app.retention()::run);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "jobs");
        thread.setDaemon(true);
        return thread;
    }

    private void every(Duration interval, Runnable job) {
        after(interval, interval, job);
    }

    private void after(Duration first, Duration interval, Runnable job) {
        executor.scheduleWithFixedDelay(() -> run(job), first.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void inBatches(IntUnaryOperator job) {
        int done = BATCH;
        while (done == BATCH) {
            done = job.applyAsInt(BATCH);
        }
    }

    /** A job that fails is tried again at its next time; without this it would silently never run again. */
    private static void run(Runnable job) {
        try {
            job.run();
        } catch (RuntimeException e) {
            LOG.error("A scheduled job failed; it will be tried again", e);
        }
    }

    @Override
    public void close() {
        app.retention().close();
        executor.shutdown();
        try {
            executor.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        run(app.sessions().sessions::flushLastUsed);
        run(app.sessions().personalTokens::flushLastUsed);
    }
}
