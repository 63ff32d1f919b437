package dev.latchkey.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A few threads that do the same work at the same time. */
final class Crew {
    private Crew() {}

    /** The work of one thread, which knows its number from 0 on. */
    interface Work<T> {
        T run(int worker) throws Exception;
    }

    /** Runs them all and waits; the first error ends everything. */
    static <T> List<T> run(int workers, Work<T> work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(workers);
        try {
            var futures = new ArrayList<Future<T>>();
            for (int i = 0; i < workers; i++) {
                int worker = i;
                futures.add(pool.submit(() -> work.run(worker)));
            }
            var results = new ArrayList<T>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a worker failed: " + e.getCause(), e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    static double millis(Callable<?> work) throws Exception {
        return seconds(work) * 1000;
    }

    static double seconds(Callable<?> work) throws Exception {
        long from = System.nanoTime();
        work.call();
        return (System.nanoTime() - from) / 1e9;
    }
}
