package dev.latchkey.cli;

import dev.latchkey.error.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** Uploads many files, some at a time; one that fails stops no other. */
final class Uploader {
    private static final int ATTEMPTS = 4;
    /** Smaller files are sent again as a whole. */
    private static final long RESUMABLE_FROM = 16 << 20;

    private static final long MAX_WAIT_SECONDS = 60;

    /** What became of a file: {@code status} as the server says, or {@code failed} with a reason. */
    record Outcome(String file, String status, String reason) {
        boolean failed() {
            return status.equals("failed");
        }

        static Outcome failed(Path file, String reason) {
            return new Outcome(file.toString(), "failed", reason);
        }
    }

    private final Connection connection;
    private final Transfers transfers;
    private final ResumableTransfer resumable;
    private final int jobs;
    private final Progress progress;

    Uploader(Connection connection, int jobs, Progress progress) {
        this.connection = connection;
        this.transfers = new Transfers(connection);
        this.resumable = new ResumableTransfer(transfers, connection.home(), connection.server());
        this.jobs = jobs;
        this.progress = progress;
    }

    /** The outcomes in the order of the files. */
    List<Outcome> run(List<Path> files) {
        ExecutorService executor = Executors.newFixedThreadPool(jobs, work -> {
            Thread thread = new Thread(work, "upload");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<Outcome>> futures = new ArrayList<>();
            files.forEach(file -> futures.add(executor.submit(() -> upload(file))));
            List<Outcome> outcomes = new ArrayList<>();
            for (Future<Outcome> future : futures) {
                outcomes.add(future.get());
            }
            return outcomes;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable("The upload was interrupted; repeat it to go on.", null);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            executor.shutdownNow();
        }
    }

    private Outcome upload(Path file) {
        AtomicLong counted = new AtomicLong();
        try {
            String status = attempt(file, counted, 1);
            progress.add(Files.size(file) - counted.get());
            return new Outcome(file.toString(), status, null);
        } catch (Problem e) {
            return Outcome.failed(file, e.detail());
        } catch (IOException e) {
            return Outcome.failed(file, Api.unreachable(connection.server(), e).detail());
        }
    }

    /** What a moment may mend is tried again: a broken connection, a server that is busy. */
    private String attempt(Path file, AtomicLong counted, int attempt) throws IOException {
        String sha256 = hash(file);
        try {
            if (transfers.has(sha256)) {
                return "duplicate";
            }
            return send(file, sha256, bytes -> count(counted, bytes));
        } catch (IOException | Problem e) {
            long wait = waitSeconds(e, attempt);
            if (attempt == ATTEMPTS || wait == 0) {
                throw e;
            }
            count(counted, -counted.get());
            pause(Math.min(wait, MAX_WAIT_SECONDS));
        }
        return attempt(file, counted, attempt + 1);
    }

    private String send(Path file, String sha256, LongConsumer progress) throws IOException {
        String name = file.getFileName().toString();
        Optional<String> status =
                Files.size(file) < RESUMABLE_FROM ? Optional.empty() : resumable.upload(file, name, sha256, progress);
        return status.isPresent() ? status.get() : transfers.upload(file, name, sha256, progress);
    }

    private void count(AtomicLong counted, long bytes) {
        counted.addAndGet(bytes);
        progress.add(bytes);
    }

    /** How long to wait before the next attempt; 0 when another one would end no better. */
    private static long waitSeconds(Exception e, int attempt) {
        if (e instanceof Problem problem) {
            return problem.retryAfter()
                    .map(wait -> Math.max(1, wait.toSeconds()))
                    .orElse(0L);
        }
        return 1L << (attempt - 1);
    }

    private static void pause(long seconds) throws IOException {
        try {
            TimeUnit.SECONDS.sleep(seconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static String hash(Path file) {
        try {
            return FileHash.sha256(file);
        } catch (IOException e) {
            throw Problem.malformed("it cannot be read: " + Failures.reason(e));
        }
    }
}
