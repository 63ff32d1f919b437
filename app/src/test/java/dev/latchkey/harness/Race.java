package dev.latchkey.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Lets many threads do something at the same moment. */
public final class Race {
    /** As many as SECURITY.md names. */
    public static final int THREADS = 50;

    private Race() {}

    /** The answers to {@link #THREADS} requests that start together; {@code runner} gets the thread's number. */
    public static List<Reply> of(IntFunction<Call> runner) {
        return run(THREADS, number -> sendUntilThereIsRoom(runner, number));
    }

    /** What {@code threads} runners return that start together. */
    public static <T> List<T> run(int threads, IntFunction<T> runner) {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CyclicBarrier start = new CyclicBarrier(threads);
            List<Callable<T>> runners = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int number = i;
                runners.add(() -> {
                    start.await();
                    return runner.apply(number);
                });
            }
            List<T> results = new ArrayList<>();
            for (Future<T> result : pool.invokeAll(runners)) {
                results.add(result.get());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    /** The pool that hashes passwords has a short queue and says 503 when it is full: a client comes again. */
    private static Reply sendUntilThereIsRoom(IntFunction<Call> runner, int number) {
        Reply reply = runner.apply(number).send();
        while (reply.status() == 503) {
            assertThat(reply.header("Retry-After")).isNotEmpty();
            reply = runner.apply(number).send();
        }
        return reply;
    }
}
