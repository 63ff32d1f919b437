package dev.latchkey.testing;

import dev.latchkey.error.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Lets N threads start the same thing at the same moment, and counts how it ended for each. */
public final class Race {
    private Race() {}

    /** How often each outcome came up: {@code "won"}, or the code of the problem. */
    public static Map<String, Integer> run(int threads, IntFunction<Callable<?>> attempts) throws InterruptedException {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<String>> outcomes = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                Callable<?> attempt = attempts.apply(i);
                outcomes.add(executor.submit(() -> {
                    start.await();
                    return outcome(attempt);
                }));
            }
            start.countDown();
            return count(outcomes);
        } finally {
            executor.shutdownNow();
        }
    }

    private static String outcome(Callable<?> attempt) throws Exception {
        try {
            attempt.call();
            return "won";
        } catch (Problem e) {
            return e.code();
        }
    }

    private static Map<String, Integer> count(List<Future<String>> outcomes) throws InterruptedException {
        Map<String, Integer> counts = new TreeMap<>();
        for (Future<String> outcome : outcomes) {
            try {
                counts.merge(outcome.get(), 1, Integer::sum);
            } catch (ExecutionException e) {
                throw new AssertionError("An attempt ended by accident", e.getCause());
            }
        }
        return counts;
    }
}
