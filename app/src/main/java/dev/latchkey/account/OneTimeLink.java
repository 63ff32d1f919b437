package dev.latchkey.account;

import java.time.Instant;

/**
 * A link that works once, without its token.
 *
 * @param emailKey the address in lower case that a verification is bound to, else null
 * @param failures wrong second-factor codes that came with it so far
 */
record OneTimeLink(long id, long userId, Purpose purpose, String emailKey, Instant expiresAt, long failures) {
    /** What a link is good for. */
    enum Purpose {
        /** To choose a password: another one, or the first one of a new account. */
        RESET,
        VERIFICATION
    }

    /** Addresses of people stay out of logs. */
    @Override
    public String toString() {
        return "OneTimeLink[" + id + "]";
    }
}
