package dev.latchkey.session;

import java.time.Instant;

/**
 * One sign-in of a person: a session, or a family of refresh tokens with their access tokens. Both live in one table
 * and share its ids. {@code deviceName} and {@code userAgent} may be null.
 */
public record Session(
        long id,
        Kind kind,
        long userId,
        long credentialEpoch,
        Origin origin,
        String deviceName,
        String ip,
        String userAgent,
        Instant createdAt,
        Instant lastUsedAt,
        Instant expiresAt) {
    /** Sorts of sign-ins. */
    public enum Kind {
        SESSION,
        REFRESH
    }

    Session usedAt(Instant at, Lifetimes lifetimes) {
        Instant end = lifetimes.end(createdAt, at);
        return new Session(id, kind, userId, credentialEpoch, origin, deviceName, ip, userAgent, createdAt, at, end);
    }
}
