package dev.latchkey.account;

import dev.latchkey.audit.Actor;
import dev.latchkey.audit.Audit;
import dev.latchkey.audit.Target;
import dev.latchkey.db.Sql;
import dev.latchkey.mail.Mail;
import dev.latchkey.mail.Outbox;

/** Puts the password that a person chose into their account, with all that goes with it. */
public final class NewPassword {
    private final UserDao users = new UserDao();
    private final Revocation revocation;
    private final Outbox outbox;
    private final Audit audit;

    public NewPassword(Revocation revocation, Outbox outbox, Audit audit) {
        this.revocation = revocation;
        this.outbox = outbox;
        this.audit = audit;
    }

    /**
     * Stores the password, ends every sign-in and every link that resets it, and tells the person by mail; call
     * {@link Revocation#done} after the commit.
     *
     * @param action what the audit log calls it
     * @param how what the mail says has happened
     */
    void store(Sql sql, Actor actor, User user, String hash, String action, String how) {
        users.setPassword(sql, user.id(), hash, false);
        revocation.endSignIns(sql, user.id());
        if (user.email() != null) {
            outbox.add(sql, Mail.alert(user.email(), user.nameInMails(), how));
        }
        audit.record(sql, actor, action, new Target("user", user.id()), null);
    }
}
