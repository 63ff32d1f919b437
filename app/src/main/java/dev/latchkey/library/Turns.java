package dev.latchkey.library;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one request at a time work on an upload, and tells it when the upload was ended by another. A request whose sender has
 * gone silent gives way to the next: its reading is broken off, it makes durable what has come, and only then its turn
 * is over. Requests that move are left alone, so that two programs with one upload do not push each other aside for ever.
 */
final class Turns {
    /** How long a sender may be silent before somebody else gets the upload. */
    private static final Duration SILENCE = Duration.ofSeconds(2);
    /** How long one waits for a request that moves, such as one whose client has just hung up. */
    private static final Duration PATIENCE = Duration.ofMillis(500);
    /** How long one waits for a request that does not, and for what it still has to write. */
    private static final Duration LONG_PATIENCE = Duration.ofSeconds(10);

    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition free = lock.newCondition();
    private final Map<Long, Turn> taken = new HashMap<>();

    /** The right to work on one upload, until it is closed. */
    final class Turn implements AutoCloseable {
        private final long id;
        private volatile boolean ended;
        private volatile Sender sender;
        private Runnable cleanup = () -> {};

        private Turn(long id) {
            this.id = id;
        }

        /** Whether the upload was ended meanwhile, and nobody wants what still comes. */
        boolean isEnded() {
            return ended;
        }

        /**
         * The bytes that the holder of this turn gets, to be read through this from now on.
         *
         * @param hangUp breaks off a reading that is under way; called once at most, and only while one is
         */
        InputStream reading(InputStream in, Runnable hangUp) {
            sender = new Sender(in, hangUp);
            return sender;
        }

        private boolean isStuck() {
            return sender != null && sender.isSilentFor(PATIENCE.dividedBy(2));
        }

        private void giveWay() {
            if (sender != null) {
                sender.hangUpAfter(SILENCE);
            }
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

    /** What comes from a client, and for how long nothing has. */
    private static final class Sender extends FilterInputStream {
        private final Runnable hangUp;
        private boolean waiting;
        private boolean brokenOff;
        private long since;

        Sender(InputStream in, Runnable hangUp) {
            super(in);
            this.hangUp = hangUp;
        }

        @Override
        public int read() throws IOException {
            begin();
            try {
                return super.read();
            } finally {
                end();
            }
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            begin();
            try {
                return super.read(buffer, offset, length);
            } finally {
                end();
            }
        }

        private synchronized void begin() {
            waiting = true;
            since = System.nanoTime();
        }

        private synchronized void end() {
            waiting = false;
        }

        synchronized boolean isSilentFor(Duration time) {
            return brokenOff || waiting && System.nanoTime() - since >= time.toNanos();
        }

        synchronized void hangUpAfter(Duration time) {
            if (!brokenOff && isSilentFor(time)) {
                brokenOff = true;
                hangUp.run();
            }
        }
    }

    /** Waits for another request to end, for a short while; for one that is silent long enough to make it give way. */
    Optional<Turn> take(long id) {
        lock.lock();
        try {
            long end = System.nanoTime() + LONG_PATIENCE.toNanos();
            for (Turn holder = taken.get(id); holder != null; holder = taken.get(id)) {
                if (!awaitEnd(holder, end)) {
                    return Optional.empty();
                }
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

    /** False when this one holds on for longer than one waits. */
    private boolean awaitEnd(Turn holder, long end) throws InterruptedException {
        long now = System.nanoTime();
        long soon = now + Math.min(PATIENCE.toNanos(), end - now);
        while (taken.get(holder.id) == holder) {
            holder.giveWay();
            if (System.nanoTime() - (holder.isStuck() ? end : soon) >= 0) {
                return false;
            }
            free.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        }
        return true;
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
                turn.giveWay();
            }
        } finally {
            lock.unlock();
        }
    }
}
