package dev.latchkey.session;

import dev.latchkey.account.User;
import java.time.Instant;

/** A person who has just signed in, with the token that is handed out this once. */
public record SignedIn(User user, String token, Instant expiresAt) implements SignInStep {
    @Override
    public String toString() {
        return "SignedIn[" + user.id() + "]";
    }
}
