package dev.latchkey.account;

import java.time.Instant;

/**
 * A link that works once, without its token.
 *
 * @param emailKey the address in lower case that the link went to, which its use verifies; null where it was handed on
 *     by other ways
 * @param failures wrong second-factor codes that came with it so far
 */
record OneTimeLink(long id, long userId, Purpose purpose, String emailKey, Instant expiresAt, long failures) {
    /** So many wrong second-factor codes, and a link is dead. */
    static final int MAX_FAILURES = 5;

    /** What a link is good for. */
    enum Purpose {
        /** To choose a password: another one, or the first one of a new account. */
        RESET("/reset-password"),
        /** To prove that one reads the mail of an address. */
        VERIFICATION("/verify-email");

        private final String page;

        Purpose(String page) {
            this.page = page;
        }
    }

    /** A new token with the time when it stops working; the token is handed out this once and stored nowhere. */
    record Minted(String token, Purpose purpose, Instant expiresAt) {
        /**
         * What to open in a browser: a fragment is sent to no server, and the page posts it.
         *
         * @param site our own address without a slash at its end
         */
        String url(String site) {
            return site + purpose.page + "#token=" + token;
        }

        @Override
        public String toString() {
            return "Minted[" + purpose + "]";
        }
    }

    /** Addresses of people stay out of logs. */
    @Override
    public String toString() {
        return "OneTimeLink[" + id + "]";
    }
}
