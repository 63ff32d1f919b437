package dev.latchkey.mail;

import dev.latchkey.crypto.Sealer;
import dev.latchkey.db.Sql;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where mails wait for the mail server: a row written by the transaction that causes the mail. */
public final class Outbox {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    private static final Duration LIMITED = Duration.ofHours(1);
    /** Whoever owns the account is warned by that, and whoever does not is not flooded. */
    private static final int UNASKED = 10;

    private final MailDao mails = new MailDao();
    private final Semaphore bell = new Semaphore(0);
    private final Sealer sealer;
    private final Templates templates;
    private final Clock clock;

    public Outbox(Sealer sealer, String instanceName, Clock clock) {
        this.sealer = sealer;
        this.templates = new Templates(instanceName);
        this.clock = clock;
    }

    /**
     * Queues {@code mail} in the transaction of {@code sql}: it is sent if and only if that commits. One that nobody
     * asked for is dropped when ten mails went to that address within an hour.
     */
    public void add(Sql sql, Mail mail) {
        if (mail.unasked()
                && mails.countTo(sql, mail.recipient(), clock.instant().minus(LIMITED)) >= UNASKED) {
            LOG.warn("An address that nobody has verified got ten mails within an hour, and gets no more for now");
            return;
        }
        Letter letter = templates.write(mail);
        mails.insert(sql, mail, letter.subject(), letter.sealed(sealer), clock.instant());
        ring();
    }

    /** What a row of the outbox says. @throws IllegalStateException when it was sealed with other keys */
    Letter open(DueMail mail) {
        return Letter.open(sealer, mail.subject(), mail.sealedBody());
    }

    /** Lets {@link #awaitRing} return, now or when it is called next. */
    void ring() {
        bell.release();
    }

    /** Waits for {@link #ring}, or as long as {@code longest}; true when it rang. */
    boolean awaitRing(Duration longest) throws InterruptedException {
        boolean rang = bell.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS);
        return bell.drainPermits() > 0 || rang;
    }
}
