package dev.latchkey.account;

import dev.latchkey.audit.Actor;
import dev.latchkey.audit.Audit;
import dev.latchkey.audit.Target;
import dev.latchkey.db.Database;
import dev.latchkey.db.Sql;
import dev.latchkey.error.Problem;
import dev.latchkey.mail.MailDao;
import dev.latchkey.mail.QueuedMail;
import java.time.Clock;
import java.util.List;

/** What admins see and do about mails that wait, were sent or were given up. */
public final class Mails {
    private final MailDao mails = new MailDao();
    private final Database database;
    private final Audit audit;
    private final Clock clock;

    public Mails(Database database, Audit audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /** At most {@code limit} mails of {@code state} (null: of any), newest first, with ids below {@code beforeId}. */
    public List<QueuedMail> list(QueuedMail.State state, long beforeId, int limit) {
        return database.read(sql -> mails.list(sql, state, beforeId, limit));
    }

    /**
     * Lets a mail be sent within seconds, and again for two days if that fails.
     *
     * @throws Problem 404, 409 {@code already_sent}, 409 {@code mail_expired} when the link inside works no more
     */
    public void retry(Actor actor, long id) {
        database.run(sql -> {
            if (!mails.retry(sql, id, clock.instant())) {
                throw refusal(sql, id);
            }
            audit.record(sql, actor, "mail.retry", target(id), null);
        });
    }

    private Problem refusal(Sql sql, long id) {
        QueuedMail mail = mails.find(sql, id).orElseThrow(Mails::notFound);
        return mail.state() == QueuedMail.State.SENT
                ? Problem.conflict("already_sent", "This mail has been sent.")
                : Problem.conflict("mail_expired", "The link in this mail works no more. Please have a new one made.");
    }

    /** Takes a mail out of the outbox, so that it is not sent any more. @throws Problem 404 */
    public void delete(Actor actor, long id) {
        database.run(sql -> {
            if (!mails.delete(sql, id)) {
                throw notFound();
            }
            audit.record(sql, actor, "mail.delete", target(id), null);
        });
    }

    private static Problem notFound() {
        return Problem.notFound("There is no such mail.");
    }

    private static Target target(long id) {
        return new Target("mail", id);
    }
}
