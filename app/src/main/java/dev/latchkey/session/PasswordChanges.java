package dev.latchkey.session;

import dev.latchkey.account.OwnPassword;
import dev.latchkey.account.Revocation;
import dev.latchkey.account.User;
import dev.latchkey.db.Database;

/** Changes passwords, and keeps the sign-in that asks for it. */
public final class PasswordChanges {
    private final Database database;
    private final OwnPassword password;
    private final Sessions sessions;
    private final Revocation revocation;

    public PasswordChanges(Database database, OwnPassword password, Sessions sessions, Revocation revocation) {
        this.database = database;
        this.password = password;
        this.sessions = sessions;
        this.revocation = revocation;
    }

    /**
     * Changes the caller's password. Of all their sign-ins only the caller's own goes on: the others are dead before
     * this returns.
     *
     * @throws dev.latchkey.error.Problem as {@link OwnPassword#prepare}; 401 {@code invalid_token} when the caller's
     *     own sign-in was ended in the meantime
     */
    public void change(Caller caller, String current, String wanted) {
        OwnPassword.Change change = password.prepare(caller.actor(), current, wanted);
        Runnable kept = database.write(sql -> {
            User user = password.apply(sql, caller.actor(), change);
            return sessions.keep(sql, user, caller.credential().id());
        });
        kept.run();
        revocation.done(caller.userId());
    }
}
