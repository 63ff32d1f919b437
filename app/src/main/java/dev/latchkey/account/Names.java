package dev.latchkey.account;

import dev.latchkey.db.Sql;
import dev.latchkey.error.Problem;

/** Whether usernames and e-mail addresses are free; a request to join that still waits holds its own. */
final class Names {
    private final UserDao users = new UserDao();
    private final JoinRequestDao requests = new JoinRequestDao();

    boolean isFreeUsername(Sql sql, String username) {
        return !users.hasUsername(sql, username) && !requests.waitsWithUsername(sql, username);
    }

    /** @throws Problem 409 {@code username_taken} */
    void requireFreeUsername(Sql sql, String username) {
        if (!isFreeUsername(sql, username)) {
            throw Problem.conflict("username_taken", "This username is taken. Please choose another one.");
        }
    }

    /** @throws Problem 409 {@code email_taken}; never for null */
    void requireFreeEmail(Sql sql, String email) {
        String key = Usernames.emailKey(email);
        if (key != null && (users.hasEmail(sql, key) || requests.waitsWithEmail(sql, key))) {
            throw Problem.conflict("email_taken", "This e-mail address belongs to another account.");
        }
    }
}
