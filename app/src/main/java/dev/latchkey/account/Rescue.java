package dev.latchkey.account;

import dev.latchkey.audit.Actor;
import dev.latchkey.audit.Audit;
import dev.latchkey.audit.Target;
import dev.latchkey.crypto.Passwords;
import dev.latchkey.db.Database;
import dev.latchkey.db.Sql;
import dev.latchkey.error.Problem;
import java.time.Clock;
import java.util.function.BiConsumer;

/**
 * What whoever runs the machine can do for people without signing in: for the admin who forgot the password or lost the
 * phone. The audit log names nobody as the actor, because nobody knows who sits at a console.
 */
public final class Rescue {
    private static final Actor CONSOLE = new Actor(null, null, "console");

    private final UserDao users = new UserDao();
    private final Database database;
    private final Revocation revocation;
    private final SecondFactors factors;
    private final SignInDelays delays;
    private final Audit audit;
    private final PasswordPolicy policy;
    private final Passwords passwords;
    private final Clock clock;

    public Rescue(
            Database database,
            Revocation revocation,
            SecondFactors factors,
            SignInDelays delays,
            Audit audit,
            PasswordPolicy policy,
            Passwords passwords,
            Clock clock) {
        this.database = database;
        this.revocation = revocation;
        this.factors = factors;
        this.delays = delays;
        this.audit = audit;
        this.policy = policy;
        this.passwords = passwords;
        this.clock = clock;
    }

    /** @throws Problem 404 when nobody is called so */
    public void requireUser(String username) {
        database.read(sql -> find(sql, username));
    }

    /**
     * Gives a person a password; all their sign-ins and reset links end, and delays are forgotten.
     *
     * @throws Problem 404, 422 {@code password_refused}
     */
    public void resetPassword(String username, String password) {
        User found = database.read(sql -> find(sql, username));
        policy.require(password, found.username(), found.email());
        String hash = passwords.hash(password);
        change(username, "user.set_password", (sql, user) -> {
            users.setPassword(sql, user.id(), hash, false);
            revocation.endSignIns(sql, user.id());
            delays.clear(sql, user.id());
        });
    }

    /** Switches a person's second factor off; half-finished sign-ins end. @throws Problem 404 */
    public void resetSecondFactor(String username) {
        change(username, "user.reset_second_factor", (sql, user) -> {
            factors.remove(sql, user.id());
            revocation.endChallenges(sql, user.id());
            delays.clear(sql, user.id());
        });
    }

    /** Makes a person an admin who may sign in, without an end of membership. @throws Problem 404 */
    public void makeAdmin(String username) {
        change(username, "user.update", (sql, user) -> {
            users.makeAdmin(sql, user.id());
            if (user.mayActAt(clock.instant())) {
                revocation.endForRole(sql, user.id());
            } else {
                revocation.endEverything(sql, user.id()); // what had ended does not come back
            }
        });
    }

    private void change(String username, String action, BiConsumer<Sql, User> work) {
        long id = database.write(sql -> {
            User user = find(sql, username);
            work.accept(sql, user);
            audit.record(sql, CONSOLE, action, new Target("user", user.id()), "on the server's own machine");
            return user.id();
        });
        revocation.done(id);
    }

    private User find(Sql sql, String username) {
        return users.findByUsername(sql, Usernames.typed(username))
                .orElseThrow(() -> Problem.notFound("There is nobody with the username " + username + "."));
    }
}
