package dev.latchkey.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A mail server that people's mail arrives at (GreenMail), which can go down and come back. */
public final class MailServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern LINK = Pattern.compile("https?://\\S+");

    /** A mail as it arrived: its subject, and both of its alternatives. */
    public record Received(MimeMessage message, String subject, String text, String html) {
        /** The first address of the text. */
        public String link() {
            Matcher link = LINK.matcher(text);
            assertThat(link.find()).as("a link in " + text).isTrue();
            return link.group();
        }

        /** The value of {@code name} in the link's fragment: the secret of a one-time link. */
        public String secret(String name) {
            return link().split("[#&]" + name + "=", 2)[1].split("&")[0];
        }
    }

    private final int port;
    private GreenMail mails;

    private MailServer() {
        mails = listen(0);
        port = mails.getSmtp().getPort();
    }

    /** On a free port of 127.0.0.1, for whoever connects without TLS. */
    public static MailServer start() {
        return new MailServer();
    }

    private static GreenMail listen(int port) {
        ServerSetup setup = new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
        setup.setServerStartupTimeout(PATIENCE.toMillis());
        GreenMail mails = new GreenMail(setup);
        mails.start();
        return mails;
    }

    /** Refuses connections from now on; what has arrived is forgotten. */
    public void goDown() {
        mails.stop();
    }

    /** Listens again, on the same port. */
    public void comeBack() {
        mails = listen(port);
    }

    /** The keys that make a server send its mails here. */
    public Map<String, String> options() {
        return Map.of(
                "smtp.host", "127.0.0.1",
                "smtp.port", Integer.toString(port),
                "smtp.from", "library@example.org",
                "smtp.tls", "none");
    }

    /** Every mail to {@code address} so far, the oldest first. */
    public List<Received> to(String address) {
        return Arrays.stream(mails.getReceivedMessagesForDomain(address))
                .map(MailServer::received)
                .toList();
    }

    /** The first mail to {@code address}, as soon as there is one. */
    public Received await(String address) {
        return await(address, 1);
    }

    /** The mail to {@code address} that arrives as number {@code number}, counted from one. */
    public Received await(String address, int number) {
        Await.until(number + " mails to " + address, () -> to(address).size() >= number);
        return to(address).get(number - 1);
    }

    private static Received received(MimeMessage message) {
        try {
            Multipart parts = (Multipart) message.getContent();
            assertThat(message.getContentType()).startsWith("multipart/alternative");
            assertThat(parts.getCount()).isEqualTo(2);
            assertThat(parts.getBodyPart(0).getContentType()).isEqualToIgnoringCase("text/plain; charset=utf-8");
            assertThat(parts.getBodyPart(1).getContentType()).isEqualToIgnoringCase("text/html; charset=utf-8");
            String text = (String) parts.getBodyPart(0).getContent();
            String html = (String) parts.getBodyPart(1).getContent();
            return new Received(message, message.getSubject(), unix(text), unix(html));
        } catch (MessagingException e) {
            throw new AssertionError(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String unix(String text) {
        return text.replace("\r\n", "\n");
    }

    @Override
    public void close() {
        mails.stop();
    }
}
