package dev.latchkey.mail;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What went wrong in one round, told in one line of the log: an outage of hours must not fill it. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private int count;
    private String reason = "GET /api/mail says why."; // replies to single mails name people
    private boolean serverAnswers = true;

    void add(Outcome outcome, int mails) {
        if (outcome.kind() != Outcome.Kind.SENT) {
            count += mails;
        }
        if (outcome.kind() == Outcome.Kind.NO_SERVER) {
            reason = outcome.reason();
            serverAnswers = false;
        }
    }

    boolean serverAnswers() {
        return serverAnswers;
    }

    void log() {
        if (count > 0) {
            LOG.warn("{} could not be sent: {}", count == 1 ? "A mail" : count + " mails", reason);
        }
    }
}
