package dev.latchkey.blob;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Room on the disk that was promised to files which come in pieces. A file that has not moved for an hour is promised
 * nothing any more, so that what somebody gave up keeps nobody out.
 */
final class Promises {
    private static final Duration RESTS_AFTER = Duration.ofHours(1);

    private final Map<Long, Promise> given = new ConcurrentHashMap<>();
    private final Clock clock;

    /** @param left how many bytes of it have not come yet */
    private record Promise(long length, long left, Instant movedAt) {}

    Promises(Clock clock) {
        this.clock = clock;
    }

    /** Promises room for the rest of a file that moves at this moment. */
    void give(long id, long length, long there) {
        give(id, length, there, clock.instant());
    }

    /** As {@link #give(long, long, long)}, for one that moved last at {@code movedAt}. */
    void give(long id, long length, long there, Instant movedAt) {
        given.put(id, new Promise(length, Math.max(0, length - there), movedAt));
    }

    /** So much of a file has come by now; nothing is noted of one that was promised nothing. */
    void moved(long id, long there) {
        given.computeIfPresent(
                id,
                (key, promise) ->
                        new Promise(promise.length(), Math.max(0, promise.length() - there), clock.instant()));
    }

    void end(long id) {
        given.remove(id);
    }

    boolean holds(long id) {
        Promise promise = given.get(id);
        return promise != null && holds(promise);
    }

    private boolean holds(Promise promise) {
        return promise.movedAt().plus(RESTS_AFTER).isAfter(clock.instant());
    }

    /** How many bytes may still come of all that hold. */
    long bytes() {
        return given.values().stream()
                .filter(this::holds)
                .mapToLong(Promise::left)
                .sum();
    }
}
