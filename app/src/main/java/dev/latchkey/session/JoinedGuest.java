package dev.latchkey.session;

import dev.latchkey.account.User;

/** A guest who was let in by a join code, with the tokens that are handed out this once. */
public record JoinedGuest(User user, TokenPair tokens) {
    @Override
    public String toString() {
        return "JoinedGuest[" + user.id() + "]";
    }
}
