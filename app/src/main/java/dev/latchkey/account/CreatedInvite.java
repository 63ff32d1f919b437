package dev.latchkey.account;

import java.time.Instant;

/** A new invite with its token, which is shown this once and stored nowhere. */
public record CreatedInvite(long id, String token, Instant expiresAt) {
    @Override
    public String toString() {
        return "CreatedInvite[" + id + "]";
    }
}
