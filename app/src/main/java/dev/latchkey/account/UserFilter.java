package dev.latchkey.account;

import java.text.Normalizer;

/**
 * Which people to list; null means any.
 *
 * @param q occurs in the username, the display name or the e-mail address; blank is as null
 */
public record UserFilter(Role role, Boolean active, String q) {
    public UserFilter {
        q = q == null || q.isBlank()
                ? null
                : Normalizer.normalize(q, Normalizer.Form.NFC).strip();
    }

    /** What is searched for may be the name of somebody. */
    @Override
    public String toString() {
        return "UserFilter[…]";
    }
}
