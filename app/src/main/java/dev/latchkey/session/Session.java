package dev.latchkey.session;

import java.time.Instant;

/** One sign-in of a person; {@code deviceName} and {@code userAgent} may be null. */
public record Session(
        long id,
        long userId,
        long credentialEpoch,
        String deviceName,
        String ip,
        String userAgent,
        Instant createdAt,
        Instant lastUsedAt,
        Instant expiresAt) {
    Session usedAt(Instant at, Lifetimes lifetimes) {
        Instant end = lifetimes.end(createdAt, at);
        return new Session(id, userId, credentialEpoch, deviceName, ip, userAgent, createdAt, at, end);
    }
}
