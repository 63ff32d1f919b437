package dev.latchkey.mail;

import dev.latchkey.crypto.Sealer;
import dev.latchkey.db.Sql;
import java.time.Clock;

/** Where mails wait for the mail server: a row written by the transaction that causes the mail. */
public final class Outbox {
    private final Sealer sealer;
    private final String instanceName;
    private final Clock clock;

    public Outbox(Sealer sealer, String instanceName, Clock clock) {
        this.sealer = sealer;
        this.instanceName = instanceName;
        this.clock = clock;
    }

    /** Queues {@code mail} in the transaction of {@code sql}: it is sent if and only if that commits. */
    public void add(Sql sql, Mail mail) {
        sql.update(
                """
                INSERT INTO mail (recipient, subject, sealed_body, state, next_attempt_at, created_at, useless_at)
                VALUES (?, ?, ?, 'pending', ?, ?, ?)""",
                mail.recipient(),
                instanceName + ": " + mail.template(),
                sealer.seal(mail.values().toString()),
                clock.instant(),
                clock.instant(),
                mail.uselessAt());
    }
}
