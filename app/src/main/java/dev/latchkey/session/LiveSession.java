package dev.latchkey.session;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A session in the cache, with its last use kept up to date to the second. */
final class LiveSession {
    private final Session session;
    private final Lifetimes lifetimes;
    private volatile Instant lastUsedAt;
    private volatile Instant nextNote;

    LiveSession(Session session, Lifetimes lifetimes, Instant lastUsedAt) {
        this.session = session;
        this.lifetimes = lifetimes;
        noted(lastUsedAt);
    }

    private void noted(Instant at) {
        lastUsedAt = at;
        nextNote = at.plus(1, ChronoUnit.SECONDS);
    }

    Session session() {
        return session;
    }

    Instant expiresAt() {
        return lifetimes.end(session.createdAt(), lastUsedAt);
    }

    /** Notes a use; false when the last one is so recent that it need not be written down. */
    boolean use(Instant now) {
        if (now.isBefore(nextNote)) {
            return false;
        }
        noted(now);
        return true;
    }
}
