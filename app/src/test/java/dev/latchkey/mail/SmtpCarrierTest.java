package dev.latchkey.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.latchkey.mail.QueuedMail.State;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.file.Path;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes to a mail server, and what has to hold for the connection before anything does. */
class SmtpCarrierTest {
    @TempDir
    static Path keyFolder;

    private static SSLContext tls;

    @TempDir
    Path folder;

    private PostRoom room;

    @BeforeAll
    static void makeCertificate() throws Exception {
        TlsKeys keys = new TlsKeys(keyFolder);
        tls = keys.context();
        System.setProperty("greenmail.tls.keystore.file", keys.file().toString()); // GreenMail reads them once
        System.setProperty("greenmail.tls.keystore.password", TlsKeys.PASSWORD);
    }

    @BeforeEach
    void open() {
        room = new PostRoom(folder);
    }

    @AfterEach
    void close() {
        room.close();
    }

    private static GreenMail greenMail(String protocol) {
        ServerSetup setup = new ServerSetup(0, "127.0.0.1", protocol);
        setup.setServerStartupTimeout(30_000);
        return new GreenMail(setup);
    }

    private static Map<String, String> options(String... namesAndValues) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            options.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return options;
    }

    /** Trusts the test's certificate and nothing else. */
    private static SmtpCarrier trusting(int port, Map<String, String> options) {
        return new SmtpCarrier(PostRoom.server(port, options), "Harbour", tls.getSocketFactory());
    }

    @Test
    void aMessageHasBothPartsAndHeadersThatGiveNothingAway() throws Exception {
        GreenMail mails = greenMail(ServerSetup.PROTOCOL_SMTP);
        mails.start();
        String name = "<script>alert(1)</script> 🦊 Zoë\r\nBcc: eve@example.org";
        Mail mail = Mail.invite(
                "ada@example.org", name, PostRoom.LINK, room.clock.instant().plusSeconds(60));
        room.open(mails.getSmtp().getPort());
        long id = room.add(mail);
        room.await(id, State.SENT, 1);

        assertThat(mails.getReceivedMessages()).hasSize(1);
        MimeMessage message = mails.getReceivedMessages()[0];
        assertThat(message.getHeader("From")).containsExactly("Harbour <library@example.org>");
        assertThat(message.getHeader("To")).containsExactly("ada@example.org");
        assertThat(message.getHeader("Bcc")).isNull();
        assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(message.getMessageID())
                .isEqualTo("<latchkey." + id + "." + room.clock.instant().toEpochMilli() + "@example.org>");
        assertThat(message.getSentDate()).isEqualTo(Date.from(room.clock.instant()));
        assertThat(message.getSubject())
                .isEqualTo("<script>alert(1)</script> 🦊 Zoë Bcc: eve@example.org invites you to Harbour");
        MimeMultipart parts = (MimeMultipart) message.getContent();
        assertThat(parts.getContentType()).startsWith("multipart/alternative");
        assertThat(parts.getCount()).isEqualTo(2);
        assertThat(parts.getBodyPart(0).getContentType()).isEqualToIgnoringCase("text/plain; charset=utf-8");
        assertThat((String) parts.getBodyPart(0).getContent()).contains("🦊 Zoë Bcc:", PostRoom.LINK);
        assertThat(parts.getBodyPart(1).getContentType()).isEqualToIgnoringCase("text/html; charset=utf-8");
        assertThat((String) parts.getBodyPart(1).getContent())
                .contains("&lt;script&gt;", "🦊 Zoë", PostRoom.LINK)
                .doesNotContain("<script");
        mails.stop();
    }

    @Test
    void theSenderIsCalledLikeTheInstanceUnlessItHasAName() throws Exception {
        try (ScriptedSmtp server = ScriptedSmtp.start()) {
            room.open(new SmtpCarrier(
                    PostRoom.server(server.port(), options("smtp.from", "library@example.org")),
                    "Hafen\r\nX-Evil: 1 ü"));
            room.await(room.add("ada@example.org"), State.SENT, 1);
            assertThat(server.messages().get(0))
                    .contains("From: =?UTF-8?Q?Hafen_X-Evil=3A_1_=C3=BC?= <library@example.org>\n")
                    .doesNotContain("\nX-Evil");
            assertThat(server.commands()).contains("MAIL FROM:<library@example.org>");
        }
    }

    @Test
    void aDomainInOtherLettersIsEncodedAndAnAddressThatCannotBeIsDead() throws Exception {
        try (ScriptedSmtp server = ScriptedSmtp.start()) {
            room.open(server.port());
            room.await(room.add("ada@bücher.example"), State.SENT, 1);
            long impossible = room.add("zoë@example.org");
            assertThat(room.await(impossible, State.DEAD, 1).lastError()).startsWith("The address has letters");
            room.await(room.add("ada@example.org\r\nRCPT TO:<eve@example.org>"), State.DEAD, 1);
            assertThat(server.commands())
                    .contains("RCPT TO:<ada@xn--bcher-kva.example>")
                    .noneMatch(line -> line.contains("eve"));
        }
    }

    @Test
    void aUsernameAndPasswordAreUsedAndWrongOnesAreToldWithoutThePassword() {
        ServerSetup setup = new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
        GreenMail mails = new GreenMail(setup)
                .withConfiguration(GreenMailConfiguration.aConfig().withUser("postie", "right"));
        mails.start();
        int port = mails.getSmtp().getPort();
        room.open(new SmtpCarrier(
                PostRoom.server(port, options("smtp.username", "postie", "smtp.password", "hunter22")), "Harbour"));
        long id = room.add("ada@example.org");
        assertThat(room.await(id, State.PENDING, 1).lastError())
                .startsWith("The mail server cannot be used: 535")
                .doesNotContain("hunter22");
        room.shut();
        room.open(new SmtpCarrier(
                PostRoom.server(port, options("smtp.username", "postie", "smtp.password", "right")), "Harbour"));
        room.retry(id);
        room.await(id, State.SENT, 1);
        assertThat(mails.getReceivedMessages()).hasSize(1);
        mails.stop();
    }

    @Test
    void tlsFromTheStartChecksCertificateAndName() {
        GreenMail mails = greenMail(ServerSetup.PROTOCOL_SMTPS);
        mails.start();
        int port = mails.getSmtps().getPort();
        Map<String, String> localhost = options("smtp.tls", "tls", "smtp.host", "localhost");

        room.open(new SmtpCarrier(PostRoom.server(port, localhost), "Harbour"));
        long id = room.add("ada@example.org");
        assertThat(room.await(id, State.PENDING, 1).lastError()).contains("certification path");
        room.shut();

        room.open(trusting(port, options("smtp.tls", "tls")));
        room.retry(id);
        assertThat(room.await(id, State.PENDING, 1).lastError()).contains("127.0.0.1");
        room.shut();

        room.open(trusting(port, localhost));
        room.retry(id);
        room.await(id, State.SENT, 1);
        assertThat(mails.getReceivedMessages()).hasSize(1);
        mails.stop();
    }

    @Test
    void withStarttlsNothingIsSaidInTheClear() throws Exception {
        try (ScriptedSmtp server = ScriptedSmtp.start(tls)) {
            room.open(trusting(server.port(), options("smtp.tls", "starttls", "smtp.host", "localhost")));
            room.await(room.add("ada@example.org"), State.SENT, 1);
            assertThat(server.commands().stream().filter(line -> !line.startsWith("🔒")))
                    .allMatch(line -> line.startsWith("EHLO") || line.equals("STARTTLS"));
            assertThat(server.messages()).hasSize(1);
        }
    }

    @Test
    void withStarttlsAServerThatHidesItGetsNothing() throws Exception {
        try (ScriptedSmtp server = ScriptedSmtp.start()) {
            Map<String, String> options = options(
                    "smtp.tls", "starttls", "smtp.host", "localhost", "smtp.username", "u", "smtp.password", "secret");
            room.open(trusting(server.port(), options));
            assertThat(room.await(room.add("ada@example.org"), State.PENDING, 1).lastError())
                    .isEqualTo("The mail server cannot be used:"
                            + " STARTTLS is required but host does not support STARTTLS");
            assertThat(server.commands()).allMatch(line -> line.startsWith("EHLO") || line.equals("QUIT"));
        }
    }

    @Test
    void withStarttlsACertificateThatNobodySignedIsRefused() throws Exception {
        try (ScriptedSmtp server = ScriptedSmtp.start(tls)) {
            room.open(new SmtpCarrier(
                    PostRoom.server(server.port(), options("smtp.tls", "starttls", "smtp.host", "localhost")),
                    "Harbour"));
            assertThat(room.await(room.add("ada@example.org"), State.PENDING, 1).lastError())
                    .startsWith("The mail server cannot be used: Could not convert socket to TLS")
                    .contains("certification path");
            assertThat(server.messages()).isEmpty();
        }
    }
}
