package dev.latchkey.session;

import dev.latchkey.account.User;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A session in the cache, with its last use kept up to date to the second. */
final class LiveSession {
    private final Session session;
    private final long accessEpoch;
    private final Lifetimes lifetimes;
    private volatile Instant lastUsedAt;
    private volatile Instant nextNote;

    LiveSession(Session session, long accessEpoch, Lifetimes lifetimes, Instant lastUsedAt) {
        this.session = session;
        this.accessEpoch = accessEpoch;
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

    /**
     * Whether such a sign-in of this person counts. The row of one that a join code opened went with the change of role,
     * and whoever becomes a guest again does not get it back from the cache.
     */
    boolean fits(User user) {
        Origin origin = session.origin();
        return session.credentialEpoch() >= user.credentialEpoch()
                && origin.fits(user)
                && (origin.kind() != Origin.Kind.JOIN_CODE || accessEpoch == user.accessEpoch());
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
