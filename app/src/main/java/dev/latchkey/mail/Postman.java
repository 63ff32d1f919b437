package dev.latchkey.mail;

import dev.latchkey.config.Config;
import dev.latchkey.db.Database;
import dev.latchkey.db.Sql;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is due in the outbox, on a thread of its own and never inside a transaction. What became of a mail is
 * written down before the next one is taken: only a kill in between sends one twice, and nothing loses one.
 */
public final class Postman implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Postman.class);
    /** How often to look for mails whose next attempt has come; new ones ring. */
    private static final Duration LOOK = Duration.ofSeconds(2);
    /** How long to leave a database alone that cannot be used. */
    private static final Duration TROUBLE = Duration.ofMinutes(1);
    /** How long a stop waits for the mail that is under way. */
    private static final Duration LAST_MAIL = Duration.ofSeconds(3);
    /** How many mails to put off in one transaction. */
    private static final int BATCH = 100;

    private final MailDao mails = new MailDao();
    /** What became of mails, until it is written down: none is sent again because the disk was full. */
    private final Map<Long, Outcome> outcomes = new HashMap<>();

    private final Database database;
    private final Outbox outbox;
    private final Carrier carrier;
    private final Clock clock;
    private final Thread thread;
    private volatile boolean stopped;

    private Postman(Database database, Outbox outbox, Carrier carrier, Clock clock) {
        this.database = database;
        this.outbox = outbox;
        this.carrier = carrier;
        this.clock = clock;
        this.thread = new Thread(this::work, "postman");
        thread.setDaemon(true);
    }

    /** Begins to send by the mail server of {@code smtp}, or to the log where there is none. */
    public static Postman start(Database database, Outbox outbox, Config.Smtp smtp, String instanceName, Clock clock) {
        Carrier carrier = smtp.host().isPresent() ? new SmtpCarrier(smtp, instanceName) : new LogCarrier();
        return start(database, outbox, carrier, clock);
    }

    static Postman start(Database database, Outbox outbox, Carrier carrier, Clock clock) {
        Postman postman = new Postman(database, outbox, carrier, clock);
        postman.thread.start();
        return postman;
    }

    private void work() {
        try {
            while (!stopped) {
                Duration pause = attempt(this::sendDue) ? LOOK : TROUBLE;
                if (outbox.awaitRing(pause) && !stopped) {
                    attempt(this::awaitCommit);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean attempt(Runnable work) {
        try {
            work.run();
            return true;
        } catch (RuntimeException e) {
            if (!stopped) {
                LOG.error("The outbox cannot be read or written; its mails wait", e);
            }
            return false;
        }
    }

    /** Whoever rang did so inside a transaction, and there is one at a time: this one comes after it. */
    private void awaitCommit() {
        database.run(sql -> {});
    }

    private void sendDue() {
        List<DueMail> due = due(1);
        if (due.isEmpty()) {
            return;
        }
        Failures failures = new Failures();
        try (Carrier.Round round = carrier.begin()) {
            while (!due.isEmpty() && !stopped && failures.serverAnswers()) {
                DueMail mail = due.get(0);
                Outcome outcome = outcomes.computeIfAbsent(mail.id(), id -> send(round, mail));
                failures.add(outcome, writeDown(mail, outcome));
                due = due(1);
            }
        } finally {
            failures.log();
        }
    }

    private List<DueMail> due(int limit) {
        return database.read(sql -> mails.due(sql, clock.instant(), limit));
    }

    private Outcome send(Carrier.Round round, DueMail mail) {
        if (mail.isUseless(clock.instant())) {
            return Outcome.useless();
        }
        try {
            return round.send(mail, outbox.open(mail));
        } catch (RuntimeException e) {
            LOG.error("Mail {} cannot be written", mail.id(), e);
            return Outcome.never("The mail could not be written. The log has the details.");
        }
    }

    /** For how many mails it was written down. */
    private int writeDown(DueMail mail, Outcome outcome) {
        Instant now = clock.instant();
        int count = database.write(sql -> {
            // Without a server none of those that are due would get through.
            List<DueMail> all = outcome.kind() == Outcome.Kind.NO_SERVER ? mails.due(sql, now, BATCH) : List.of(mail);
            all.forEach(one -> writeDown(sql, one, outcome, now));
            return all.size();
        });
        outcomes.remove(mail.id());
        return count;
    }

    private void writeDown(Sql sql, DueMail mail, Outcome outcome, Instant now) {
        switch (outcome.kind()) {
            case SENT -> mails.sent(sql, mail.id(), now);
            case NEVER -> mails.dead(sql, mail.id(), outcome.reason());
            case USELESS -> mails.expired(sql, mail.id(), withLastError(outcome.reason(), mail));
            case LATER, NO_SERVER ->
                mail.nextAttempt(now)
                        .ifPresentOrElse(
                                next -> mails.later(sql, mail.id(), mail.firstAttempt(now), next, outcome.reason()),
                                () -> mails.dead(sql, mail.id(), outcome.reason()));
            default -> throw new IllegalStateException(outcome.kind().name());
        }
    }

    private static String withLastError(String reason, DueMail mail) {
        return mail.lastError() == null ? reason : reason + " " + mail.lastError();
    }

    /** Waits a few seconds for the mail that is under way. */
    @Override
    public void close() {
        stopped = true;
        outbox.ring();
        try {
            thread.join(LAST_MAIL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
