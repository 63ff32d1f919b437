package dev.latchkey.account;

import dev.latchkey.audit.Actor;
import dev.latchkey.audit.Audit;
import dev.latchkey.audit.Target;
import dev.latchkey.crypto.Passwords;
import dev.latchkey.db.Database;
import dev.latchkey.db.Sql;
import dev.latchkey.error.Fields;
import dev.latchkey.error.Problem;
import dev.latchkey.mail.Mail;
import dev.latchkey.mail.Outbox;
import java.time.Clock;
import java.util.function.Predicate;

/** What admins do about the way in of somebody else: give a password, end sign-ins, lift a delay. */
public final class UserAccess {
    private final UserAdminDao dao = new UserAdminDao();
    private final UserDao users = new UserDao();
    private final Admins admins;
    private final Database database;
    private final Revocation revocation;
    private final SignInDelays delays;
    private final Outbox outbox;
    private final Audit audit;
    private final PasswordPolicy policy;
    private final Passwords passwords;

    public UserAccess(
            Database database,
            Revocation revocation,
            SignInDelays delays,
            Outbox outbox,
            Audit audit,
            PasswordPolicy policy,
            Passwords passwords,
            Clock clock) {
        this.database = database;
        this.revocation = revocation;
        this.delays = delays;
        this.outbox = outbox;
        this.audit = audit;
        this.policy = policy;
        this.passwords = passwords;
        this.admins = new Admins(clock);
    }

    /**
     * Gives a person a password, which they must change at the next sign-in. Every session, refresh family and reset
     * link of theirs is dead before this returns.
     *
     * @throws Problem 404, 409 {@code self}, 422 {@code password_refused}
     */
    public void setPassword(Actor actor, long id, String password) {
        new Fields().required("password", password).throwIfAny();
        Admins.requireOther(actor, id, "Change your own password in your profile, which asks for the current one.");
        User user = database.read(sql -> find(sql, id));
        policy.require(password, user.username(), user.email());
        String hash = passwords.hash(password);
        change(actor, id, "user.set_password", sql -> {
            dao.setPassword(sql, id, hash);
            revocation.endSignIns(sql, id);
            alert(sql, find(sql, id));
            return true;
        });
    }

    private void alert(Sql sql, User user) {
        if (user.email() != null) {
            String what = "An admin has given your account a new password, which you change when you sign in.";
            outbox.add(sql, Mail.alert(user.email(), user.nameInMails(), what));
        }
    }

    /** Signs a person out everywhere: all is dead before this returns. @throws Problem 404 */
    public void endSessions(Actor actor, long id) {
        change(actor, id, "user.end_sessions", sql -> {
            revocation.endSignIns(sql, id);
            return true;
        });
    }

    /** Lets a person try to sign in again at once, after too many wrong passwords. @throws Problem 404 */
    public void clearDelay(Actor actor, long id) {
        change(actor, id, "user.clear_delay", sql -> delays.clear(sql, id));
    }

    /** Runs a change and, when it says that there was something to do, writes its audit row. */
    private void change(Actor actor, long id, String action, Predicate<Sql> work) {
        database.run(sql -> {
            find(sql, id);
            if (work.test(sql)) {
                audit.record(sql, actor, action, new Target("user", id), null);
            }
            admins.requireStill(sql, actor);
        });
        revocation.done(id);
    }

    private User find(Sql sql, long id) {
        return users.find(sql, id).orElseThrow(Admins::noSuchUser);
    }
}
