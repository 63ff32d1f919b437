package dev.latchkey.mail;

import dev.latchkey.config.Config.Smtp;
import dev.latchkey.config.ConfigLoader;
import dev.latchkey.crypto.Sealer;
import dev.latchkey.db.Database;
import dev.latchkey.harness.Await;
import dev.latchkey.harness.EmptyDatabase;
import dev.latchkey.mail.QueuedMail.State;
import dev.latchkey.testing.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An outbox on a real database, and a postman for whatever mail server a test has. */
final class PostRoom implements AutoCloseable {
    static final String LINK = "https://lib.example.org/reset-password#token=lkx_0123456789abcdef";

    final SettableClock clock = new SettableClock(Instant.parse("2026-11-21T08:00:00Z"));
    final MailDao mails = new MailDao();
    final Outbox outbox = new Outbox(new Sealer(new byte[32]), "Harbour", clock);
    final Database database;
    private Optional<Postman> postman = Optional.empty();

    PostRoom(Path folder) {
        database = Database.open(EmptyDatabase.at(folder.resolve("latchkey.db")));
    }

    /** The mail server at {@code port} of this machine, without TLS and with these keys changed. */
    static Smtp server(int port, Map<String, String> options) {
        Map<String, String> settings = new java.util.HashMap<>(Map.of(
                "smtp.host", "127.0.0.1",
                "smtp.port", Integer.toString(port),
                "smtp.from", "Harbour <library@example.org>",
                "smtp.tls", "none"));
        settings.putAll(options);
        return ConfigLoader.fromMap(settings).smtp();
    }

    PostRoom open(int port) {
        return open(new SmtpCarrier(server(port, Map.of()), "Harbour"));
    }

    PostRoom open(Carrier carrier) {
        postman = Optional.of(Postman.start(database, outbox, carrier, clock));
        return this;
    }

    /** Lets the postman go home. */
    void shut() {
        postman.ifPresent(Postman::close);
        postman = Optional.empty();
    }

    /** Queues a mail with a link that works for a week, and returns its id. */
    long add(String recipient) {
        return add(Mail.reset(recipient, "Ada", LINK, clock.instant().plus(Duration.ofDays(7))));
    }

    long add(Mail mail) {
        return database.write(sql -> {
            outbox.add(sql, mail);
            return sql.one("SELECT max(id) AS id FROM mail", row -> row.number("id"))
                    .orElseThrow();
        });
    }

    QueuedMail find(long id) {
        return database.read(sql -> mails.find(sql, id)).orElseThrow();
    }

    /** The mail, once it is in this state after so many attempts. */
    QueuedMail await(long id, State state, int attempts) {
        Await.until("mail to be " + state + " after " + attempts + " attempts", () -> {
            QueuedMail mail = find(id);
            return mail.state() == state && mail.attempts() == attempts;
        });
        return find(id);
    }

    /** Moves the time to the next attempt of a mail. */
    void advanceToNextAttempt(long id) {
        clock.advance(Duration.between(clock.instant(), find(id).nextAttemptAt()));
        outbox.ring();
    }

    /** What an admin's retry does. */
    boolean retry(long id) {
        boolean done = database.write(sql -> mails.retry(sql, id, clock.instant()));
        outbox.ring();
        return done;
    }

    /** Whether the text and HTML of a mail still lie there. */
    boolean hasBody(long id) {
        return database.read(sql -> sql.exists("SELECT 1 FROM mail WHERE id = ? AND sealed_body IS NOT NULL", id));
    }

    List<QueuedMail> all() {
        return database.read(sql -> mails.list(sql, null, Long.MAX_VALUE, 200));
    }

    @Override
    public void close() {
        shut();
        database.close();
    }
}
