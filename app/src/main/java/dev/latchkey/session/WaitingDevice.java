package dev.latchkey.session;

import java.time.Instant;

/** A device that waits to be let in, as it named itself, and where it asks from; name and user agent may be null. */
public record WaitingDevice(
        long id, String clientName, String ip, String userAgent, Instant requestedAt, Instant expiresAt) {}
