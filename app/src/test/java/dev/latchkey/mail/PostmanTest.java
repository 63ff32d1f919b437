package dev.latchkey.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.harness.Await;
import dev.latchkey.harness.LogLines;
import dev.latchkey.mail.QueuedMail.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostmanTest {
    @TempDir
    Path folder;

    private PostRoom room;
    private ScriptedSmtp server;
    private LogLines log;

    @BeforeEach
    void open() throws IOException {
        room = new PostRoom(folder);
        server = ScriptedSmtp.start();
        log = LogLines.record();
    }

    @AfterEach
    void close() {
        room.close();
        server.close();
        log.close();
    }

    private long countCommands(String command) {
        return server.commands().stream()
                .filter(line -> line.startsWith(command))
                .count();
    }

    @Test
    void aMailIsSentAndItsBodyWiped() throws IOException {
        room.open(server.port());
        long id = room.add("ada@example.org");
        QueuedMail sent = room.await(id, State.SENT, 1);
        assertThat(sent.lastError()).isNull();
        assertThat(sent.nextAttemptAt()).isNull();
        assertThat(server.messages()).hasSize(1);
        assertThat(room.hasBody(id)).isFalse();
        assertThat(log.text()).doesNotContain("lkx_", "ada@");
    }

    @Test
    void theDatabaseFileNeverHoldsALinkInTheClear() throws IOException {
        room.add("ada@example.org");
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain("lkx_");
            }
        }
    }

    @Test
    void whatIsRolledBackIsNotSent() {
        room.open(server.port());
        assertThatThrownBy(() -> room.database.run(sql -> {
                    room.outbox.add(sql, Mail.alert("ada@example.org", "Ada", "Never."));
                    throw new IllegalStateException("rolled back");
                }))
                .hasMessage("rolled back");
        room.await(room.add("bob@example.org"), State.SENT, 1);
        assertThat(server.messages())
                .hasSize(1)
                .allSatisfy(message -> assertThat(message).contains("bob@example.org"));
    }

    @Test
    void manyMailsShareOneConnection() {
        List<Long> ids = Stream.of("a@example.org", "b@example.org", "c@example.org")
                .map(room::add)
                .toList();
        room.open(server.port());
        ids.forEach(id -> room.await(id, State.SENT, 1));
        assertThat(countCommands("EHLO")).isEqualTo(1);
        assertThat(server.messages()).hasSize(3);
    }

    @Test
    void whileTheServerIsDownMailsWaitLongerAndLongerAndNoneIsLost() throws IOException {
        int port = server.port();
        server.close();
        long id = room.add("ada@example.org");
        long other = room.add("bob@example.org");
        room.open(port);
        List<Long> pauses = new ArrayList<>();
        for (int attempt = 1; attempt <= 12; attempt++) {
            QueuedMail mail = room.await(id, State.PENDING, attempt);
            room.await(other, State.PENDING, attempt);
            assertThat(mail.lastError())
                    .startsWith("The mail server cannot be used: ")
                    .contains("refused")
                    .doesNotContain("Exception");
            pauses.add(
                    Duration.between(room.clock.instant(), mail.nextAttemptAt()).toMinutes());
            room.advanceToNextAttempt(id);
        }
        assertThat(pauses).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 360L, 360L, 360L);
        room.await(id, State.PENDING, 13);
        Await.until("the last line", () -> log.text().lines().count() >= 13); // the line comes after the row
        assertThat(log.text().lines())
                .hasSize(13)
                .allSatisfy(line ->
                        assertThat(line).startsWith("2 mails could not be sent: The mail server cannot be used"));

        server = ScriptedSmtp.startAt(port);
        room.advanceToNextAttempt(id);
        room.await(id, State.SENT, 14);
        room.await(other, State.SENT, 14);
        assertThat(server.messages()).hasSize(2);
    }

    @Test
    void afterTwoDaysAMailIsGivenUpAndARetryHasTwoDaysMore() {
        server.close();
        long id = room.add("ada@example.org");
        room.open(server.port());
        Instant start = room.clock.instant();
        int attempts = 1;
        while (room.await(id, State.PENDING, attempts).nextAttemptAt().isBefore(start.plus(Duration.ofDays(2)))) {
            room.advanceToNextAttempt(id);
            attempts++;
        }
        assertThat(room.find(id).nextAttemptAt()).isEqualTo(start.plus(Duration.ofDays(2)));
        room.advanceToNextAttempt(id);
        QueuedMail dead = room.await(id, State.DEAD, attempts + 1);
        assertThat(dead.nextAttemptAt()).isNull();
        assertThat(dead.lastError()).startsWith("The mail server cannot be used");

        assertThat(room.retry(id)).isTrue();
        assertThat(room.await(id, State.PENDING, 1).nextAttemptAt())
                .isEqualTo(room.clock.instant().plus(Duration.ofMinutes(1)));
    }

    @Test
    void aRecipientWhoIsRefusedIsDeadAtOnceAndHoldsNobodyUp() {
        server.answer("RCPT TO:<nobody@example.org>", "550 5.1.1 no such user nobody@example.org");
        long refused = room.add("nobody@example.org");
        long fine = room.add("ada@example.org");
        room.open(server.port());
        room.await(fine, State.SENT, 1);
        assertThat(room.await(refused, State.DEAD, 1).lastError())
                .isEqualTo("The mail server refused the mail: 550 5.1.1 no such user nobody@example.org");
        Await.until("the line after the round", () -> !log.text().isEmpty());
        assertThat(log.text()).isEqualTo("A mail could not be sent: GET /api/mail says why.");
        assertThat(countCommands("EHLO")).isEqualTo(1);
    }

    @Test
    void whatIsPutOffIsTriedAgain() {
        server.answer("RCPT TO:<ada", "451 4.7.1 greylisted, come again");
        long id = room.add("ada@example.org");
        room.open(server.port());
        assertThat(room.await(id, State.PENDING, 1).lastError())
                .isEqualTo("The mail server put the mail off: 451 4.7.1 greylisted, come again");
        server.forgive();
        room.advanceToNextAttempt(id);
        room.await(id, State.SENT, 2);
    }

    @Test
    void aRefusedSenderCanBePutRight() {
        server.answer("MAIL FROM", "550 5.7.1 not your address");
        long id = room.add("ada@example.org");
        room.open(server.port());
        assertThat(room.await(id, State.PENDING, 1).lastError())
                .isEqualTo("The mail server refused the sender: 550 5.7.1 not your address");
    }

    @Test
    void aServerThatHangsUpInTheMiddleIsCalledAgain() {
        server.answer("RCPT TO:<bad", "421 4.3.2 closing");
        long bad = room.add("bad@example.org");
        long good = room.add("good@example.org");
        room.open(server.port());
        room.await(good, State.SENT, 1);
        assertThat(room.await(bad, State.PENDING, 1).lastError()).contains("421 4.3.2 closing");
        assertThat(countCommands("EHLO")).isEqualTo(2);
    }

    @Test
    void aServerThatRepeatsTheLinkDoesNotSpreadIt() {
        server.answer(".", "554 5.7.1 spam: " + PostRoom.LINK + " is not liked\u0007");
        long id = room.add("ada@example.org");
        room.open(server.port());
        assertThat(room.await(id, State.DEAD, 1).lastError())
                .isEqualTo("The mail server refused the mail: 554 5.7.1 spam:"
                        + " https://lib.example.org/reset-password#token=lkx_… is not liked");
        assertThat(log.text()).doesNotContain("lkx_");
    }

    @Test
    void aMailWhoseLinkExpiredIsNotSentAnyMore() {
        Instant until = room.clock.instant().plus(Duration.ofHours(1));
        server.answer("RCPT", "451 later");
        long id = room.add(Mail.reset("ada@example.org", "Ada", PostRoom.LINK, until));
        room.open(server.port());
        room.await(id, State.PENDING, 1);
        server.forgive();
        room.clock.advance(Duration.ofHours(1));
        room.outbox.ring();
        assertThat(room.await(id, State.DEAD, 1).lastError())
                .isEqualTo("The link inside expired before the mail could be sent."
                        + " The mail server put the mail off: 451 later");
        assertThat(server.messages()).isEmpty();
        assertThat(room.hasBody(id)).isFalse();
        assertThat(room.retry(id)).isFalse();
    }

    @Test
    void aMailThatCannotBeWrittenDownAsSentIsNotSentAgain() {
        room.database.run(sql -> sql.update("""
                CREATE TRIGGER full BEFORE UPDATE ON mail BEGIN SELECT RAISE(ABORT, 'disk full'); END"""));
        long id = room.add("ada@example.org");
        room.open(server.port());
        Await.until("the error", () -> !log.errors().isEmpty());
        room.outbox.ring();
        room.database.run(sql -> sql.update("DROP TRIGGER full"));
        room.outbox.ring();
        room.await(id, State.SENT, 1);
        assertThat(server.messages()).hasSize(1);
    }

    @Test
    void aMailOfOtherKeysIsDeadAndHoldsNobodyUp() {
        long id = room.add("ada@example.org");
        room.database.run(
                sql -> sql.update("UPDATE mail SET sealed_body = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'"));
        long fine = room.add("bob@example.org");
        room.open(server.port());
        room.await(fine, State.SENT, 1);
        assertThat(room.await(id, State.DEAD, 1).lastError()).startsWith("The mail could not be written");
    }

    @Test
    void aStopDoesNotWaitForeverAndTheMailIsSentAfterIt() throws IOException {
        server.answer("DATA", "354-hold the line"); // and never the line that would end this reply
        long id = room.add("ada@example.org");
        room.open(server.port());
        Await.until("the mail to be under way", () -> countCommands("DATA") == 1);
        room.shut();
        assertThat(room.find(id).state()).isEqualTo(State.PENDING);
        try (ScriptedSmtp other = ScriptedSmtp.start()) {
            room.open(other.port());
            room.await(id, State.SENT, 1);
        }
    }

    @Test
    void withoutAServerMailsArePrintedToTheLogAndCountAsSent() {
        room.open(new LogCarrier());
        long id = room.add("ada@example.org");
        room.await(id, State.SENT, 1);
        assertThat(log.text())
                .startsWith("No mail server is set (smtp.host), so here is the mail:\n"
                        + "To: ada@example.org\nSubject: Choose a new password for Harbour\n\nHello Ada,\n")
                .contains(PostRoom.LINK);
        assertThat(room.hasBody(id)).isFalse();
    }
}
