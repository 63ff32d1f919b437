package dev.latchkey.mail;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Prints letters to the log, for whoever runs Latchkey without a mail server. */
final class LogCarrier implements Carrier, Carrier.Round {
    private static final Logger LOG = LoggerFactory.getLogger(LogCarrier.class);

    @Override
    public Round begin() {
        return this;
    }

    @Override
    public Outcome send(DueMail mail, Letter letter) {
        LOG.info(
                "No mail server is set (smtp.host), so here is the mail:\nTo: {}\nSubject: {}\n\n{}",
                mail.recipient(),
                letter.subject(),
                letter.text());
        return Outcome.sent();
    }

    @Override
    public void close() {
        // nothing is open
    }
}
