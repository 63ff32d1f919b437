package dev.latchkey.session;

import dev.latchkey.account.User;
import java.time.Instant;

/** A new join code with its letters and its link, which are shown this once. */
public record CreatedJoinCode(long id, User guest, String code, String url, Instant expiresAt) {
    @Override
    public String toString() {
        return "CreatedJoinCode[" + id + "]";
    }
}
