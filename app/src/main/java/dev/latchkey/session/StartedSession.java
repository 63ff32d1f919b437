package dev.latchkey.session;

import java.time.Instant;

/** A new session with its token, which is handed out this once and stored nowhere. */
record StartedSession(long id, String token, Instant expiresAt) {
    @Override
    public String toString() {
        return "StartedSession[" + id + "]";
    }
}
