package dev.latchkey.account;

import java.time.Instant;

/** A new invite with its token and its link, which are shown this once and stored nowhere. */
public record CreatedInvite(long id, String token, String url, Instant expiresAt) {
    @Override
    public String toString() {
        return "CreatedInvite[" + id + "]";
    }
}
