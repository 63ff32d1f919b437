package dev.latchkey.session;

import dev.latchkey.account.Login;
import dev.latchkey.account.SignInDelays;
import dev.latchkey.audit.Actor;
import dev.latchkey.audit.Audit;
import dev.latchkey.audit.Target;
import dev.latchkey.db.Database;
import dev.latchkey.db.Sql;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sign-ins that failed: one line in the log for fail2ban, one row in the audit log, one more on the account. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(SignIn.class);

    private final Database database;
    private final Audit audit;

    Failures(Database database, Audit audit) {
        this.database = database;
        this.audit = audit;
    }

    /** The attempt is refused, and counts. @param reason a few words without a name in them */
    void count(Sql sql, Actor where, SignInDelays.Turn turn, Target target, String reason) {
        turn.failed(sql);
        note(sql, where, target, reason);
    }

    /** The attempt is refused, though nothing about it was a wrong guess. */
    void note(Actor where, Target target, String reason) {
        database.run(sql -> note(sql, where, target, reason));
    }

    private void note(Sql sql, Actor where, Target target, String reason) {
        log(where, reason);
        audit.recordRepeatable(sql, where, "session.login_failed", target, reason);
    }

    /** The attempt was not even looked at. */
    static void log(Actor where, String reason) {
        LOG.warn("sign-in failed from {}: {}", where.ip(), reason);
    }

    static Target target(Login login) {
        if (login.userId() != null) {
            return new Target("user", login.userId());
        }
        return login.joinRequestId() == null ? null : new Target("join_request", login.joinRequestId());
    }
}
