package dev.latchkey.library;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Lets one request at a time work on an upload, and tells it when the upload was ended by another. */
final class Turns {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition free = lock.newCondition();
    private final Map<Long, Turn> taken = new HashMap<>();

    /** The right to work on one upload, until it is closed. */
    final class Turn implements AutoCloseable {
        private final long id;
        private volatile boolean ended;
        private Runnable cleanup = () -> {};

        private Turn(long id) {
            this.id = id;
        }

        /** Whether the upload was ended meanwhile, and nobody wants what still comes. */
        boolean isEnded() {
            return ended;
        }

        @Override
        public void close() {
            lock.lock();
            try {
                cleanup.run();
                taken.remove(id);
                free.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Waits for a short while for another request to end, such as one whose client has just hung up. */
    Optional<Turn> take(long id, long waitMillis) {
        lock.lock();
        try {
            long nanos = TimeUnit.MILLISECONDS.toNanos(waitMillis);
            while (taken.containsKey(id) && nanos > 0) {
                nanos = free.awaitNanos(nanos);
            }
            if (taken.containsKey(id)) {
                return Optional.empty();
            }
            Turn turn = new Turn(id);
            taken.put(id, turn);
            return Optional.of(turn);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** The uploads that requests work on at this moment. */
    Set<Long> taken() {
        lock.lock();
        try {
            return Set.copyOf(taken.keySet());
        } finally {
            lock.unlock();
        }
    }

    /** Runs {@code cleanup} once nobody works on the upload: now, or when the request under way has stopped. */
    void end(long id, Runnable cleanup) {
        lock.lock();
        try {
            Turn turn = taken.get(id);
            if (turn == null) {
                cleanup.run();
            } else {
                turn.cleanup = cleanup;
                turn.ended = true;
            }
        } finally {
            lock.unlock();
        }
    }
}
