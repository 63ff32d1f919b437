package dev.latchkey.mail;

import dev.latchkey.config.Config.Smtp;
import dev.latchkey.config.Config.SmtpTls;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/** Sends letters by SMTP (RFC 5321), with STARTTLS required (RFC 3207) or TLS from the start (RFC 8314). */
final class SmtpCarrier implements Carrier {
    private static final int CONNECT_MILLIS = 10_000;
    private static final int TRANSFER_MILLIS = 30_000;

    private final Smtp smtp;
    private final Envelope envelope;
    private final Properties properties;

    SmtpCarrier(Smtp smtp, String instanceName) {
        this(smtp, instanceName, null);
    }

    /** @param trust makes the connections of TLS; null for what Java trusts */
    SmtpCarrier(Smtp smtp, String instanceName, SSLSocketFactory trust) {
        this.smtp = smtp;
        this.envelope = new Envelope(smtp.from().orElseThrow(), instanceName);
        this.properties = properties(smtp, trust);
    }

    private static Properties properties(Smtp smtp, SSLSocketFactory trust) {
        Properties properties = new Properties();
        properties.put("mail.smtp.connectiontimeout", CONNECT_MILLIS);
        properties.put("mail.smtp.timeout", TRANSFER_MILLIS);
        properties.put("mail.smtp.writetimeout", TRANSFER_MILLIS);
        properties.put("mail.smtp.auth", smtp.username().isPresent());
        properties.put("mail.smtp.ssl.enable", smtp.tls() == SmtpTls.TLS);
        properties.put("mail.smtp.starttls.enable", smtp.tls() == SmtpTls.STARTTLS);
        properties.put("mail.smtp.starttls.required", smtp.tls() == SmtpTls.STARTTLS);
        properties.put("mail.smtp.ssl.checkserveridentity", true);
        if (trust != null) {
            properties.put("mail.smtp.ssl.socketFactory", trust);
        }
        return properties;
    }

    @Override
    public Round begin() {
        return new SmtpRound();
    }

    private final class SmtpRound implements Round {
        private final Session session = Session.getInstance(properties);
        private final SMTPTransport transport =
                new SMTPTransport(session, new URLName("smtp", null, -1, null, null, null));

        @Override
        public Outcome send(DueMail mail, Letter letter) {
            Optional<InternetAddress> recipient = Envelope.address(mail.recipient());
            if (recipient.isEmpty()) {
                return Outcome.never("The address has letters that mail servers do not understand.");
            }
            try {
                connect();
            } catch (MessagingException e) {
                return SmtpReplies.noServer(e);
            }
            try {
                MimeMessage message = envelope.message(session, mail, recipient.get(), letter);
                transport.sendMessage(message, message.getAllRecipients());
                return Outcome.sent();
            } catch (MessagingException e) {
                return SmtpReplies.of(e);
            }
        }

        private void connect() throws MessagingException {
            if (!transport.isConnected()) {
                transport.connect(
                        smtp.host().orElseThrow(),
                        smtp.port(),
                        smtp.username().orElse(null),
                        smtp.password().orElse(null));
            }
        }

        @Override
        public void close() {
            try {
                transport.close();
            } catch (MessagingException e) {
                // whatever was sent has been acknowledged; a goodbye that fails changes nothing
            }
        }
    }
}
