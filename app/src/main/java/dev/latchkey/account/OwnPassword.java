package dev.latchkey.account;

import dev.latchkey.audit.Actor;
import dev.latchkey.crypto.Passwords;
import dev.latchkey.db.Database;
import dev.latchkey.db.Sql;
import dev.latchkey.error.Fields;
import dev.latchkey.error.Problem;
import java.text.Normalizer;
import java.util.List;

/** People change the password that they know. */
public final class OwnPassword {
    private final UserDao users = new UserDao();
    private final Database database;
    private final CurrentPassword current;
    private final PasswordPolicy policy;
    private final Passwords passwords;
    private final NewPassword newPassword;

    public OwnPassword(
            Database database,
            CurrentPassword current,
            PasswordPolicy policy,
            Passwords passwords,
            NewPassword newPassword) {
        this.database = database;
        this.current = current;
        this.policy = policy;
        this.passwords = passwords;
        this.newPassword = newPassword;
    }

    /** A change that only has to be written down: the stored hash that was confirmed, and the one for its place. */
    public record Change(String confirmed, String hash) {
        @Override
        public String toString() {
            return "Change[…]";
        }
    }

    /**
     * Judges a change, before the transaction of {@link #apply}.
     *
     * @throws Problem 403 {@code wrong_password}, 422 {@code password_refused}, also for the same password again, 429
     *     while the account has to wait
     */
    public Change prepare(Actor actor, String typed, String wanted) {
        new Fields()
                .required("current_password", typed)
                .required("new_password", wanted)
                .throwIfAny();
        String confirmed = current.require(actor, typed);
        if (normal(typed).equals(normal(wanted))) {
            throw Problem.passwordRefused(List.of("This is the password that you have now."));
        }
        User user = database.read(sql -> users.find(sql, actor.userId())).orElseThrow(OwnPassword::gone);
        policy.require(wanted, user.username(), user.email());
        return new Change(confirmed, passwords.hash(wanted));
    }

    /**
     * Stores a change and ends every sign-in; whoever keeps one does so after this, in the same transaction.
     *
     * @return the person as they are now
     * @throws Problem 403 {@code wrong_password} when the password has changed since {@link #prepare}
     */
    public User apply(Sql sql, Actor actor, Change change) {
        User user = users.find(sql, actor.userId()).orElseThrow(OwnPassword::gone);
        current.requireSame(sql, user.id(), change.confirmed());
        newPassword.store(sql, actor, user, change.hash(), "password.change", "Your password was changed.");
        return users.find(sql, user.id()).orElseThrow();
    }

    private static String normal(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFKC);
    }

    private static Problem gone() {
        return Problem.notFound("This account does not exist any more.");
    }
}
