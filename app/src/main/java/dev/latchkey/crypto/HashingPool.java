package dev.latchkey.crypto;

import dev.latchkey.error.Problem;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs password hashing on all cores but one, at least on one, with 32 places to wait. What finds no place is refused
 * at once, so that a flood of sign-ins costs the flood and not the library.
 */
public final class HashingPool implements AutoCloseable {
    private static final int QUEUE = 32;

    private final ThreadPoolExecutor executor;

    public HashingPool() {
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
        executor = new ThreadPoolExecutor(
                threads, threads, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE), HashingPool::thread);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "password-hashing");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        return thread;
    }

    /** Runs {@code work} and waits for it. @throws Problem {@code busy} when 32 are waiting already */
    <T> T run(Callable<T> work) {
        try {
            Future<T> result = executor.submit(work);
            return result.get();
        } catch (RejectedExecutionException e) {
            throw Problem.busy("Too many sign-ins at the moment. Please try again shortly.", Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.busy("The server is stopping. Please try again shortly.", Duration.ofSeconds(2));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
