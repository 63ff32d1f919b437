package dev.latchkey.session;

import dev.latchkey.account.User;
import java.time.Instant;
import java.util.Locale;

/** What an access token says, once it is known to be ours. */
record AccessToken(long userId, long familyId, String role, long epoch, Instant notBefore, Instant expiresAt) {
    boolean countsAt(Instant now) {
        return !now.isBefore(notBefore) && now.isBefore(expiresAt);
    }

    /** Whether the person still is what the token says: a change of role ends it. */
    boolean fits(User user) {
        return user.id() == userId
                && user.accessEpoch() == epoch
                && user.role().name().toLowerCase(Locale.ROOT).equals(role);
    }
}
