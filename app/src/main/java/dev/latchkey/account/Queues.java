package dev.latchkey.account;

import dev.latchkey.error.Problem;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntFunction;

/**
 * Lets attempts on one account wait for the outcome of those before them, so that guesses at the same moment cannot
 * outrun the count of failures. Few may wait, and not for long: the rest is told to come again.
 */
final class Queues {
    /** What becomes of somebody who wants to enter. */
    enum Answer {
        ENTER,
        WAIT
    }

    private static final int PLACES = 32;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ConcurrentMap<String, Queue> queues = new ConcurrentHashMap<>();
    private final Semaphore places = new Semaphore(PLACES);

    private static final class Queue {
        final ReentrantLock lock = new ReentrantLock();
        final Condition left = lock.newCondition();
        int running;
        /** Who runs, waits or asks; changed inside the map's own lock only. */
        int visitors;
    }

    /**
     * Enters as soon as {@code admits} says so of the number that is running; asked again whenever one has left.
     *
     * @return how to leave again; leaving twice is no mistake
     * @throws Problem 503 {@code busy} when too many wait, and whatever {@code admits} throws
     */
    Runnable enter(String account, IntFunction<Answer> admits) {
        Queue queue = queues.compute(account, (key, there) -> {
            Queue joined = there == null ? new Queue() : there;
            joined.visitors++;
            return joined;
        });
        boolean entered = false;
        queue.lock.lock();
        try {
            while (admits.apply(queue.running) == Answer.WAIT) {
                await(queue);
            }
            queue.running++;
            entered = true;
        } finally {
            queue.lock.unlock();
            if (!entered) {
                depart(account);
            }
        }
        AtomicBoolean gone = new AtomicBoolean();
        return () -> {
            if (gone.compareAndSet(false, true)) {
                leave(account, queue);
            }
        };
    }

    private void await(Queue queue) {
        if (!places.tryAcquire()) {
            throw busy();
        }
        try {
            if (!queue.left.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw busy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy();
        } finally {
            places.release();
        }
    }

    private void leave(String account, Queue queue) {
        queue.lock.lock();
        try {
            queue.running--;
            queue.left.signalAll();
        } finally {
            queue.lock.unlock();
            depart(account);
        }
    }

    private void depart(String account) {
        queues.computeIfPresent(account, (key, there) -> --there.visitors == 0 ? null : there);
    }

    private static Problem busy() {
        return Problem.busy("Too many sign-ins at the moment. Please try again shortly.", Duration.ofSeconds(2));
    }
}
