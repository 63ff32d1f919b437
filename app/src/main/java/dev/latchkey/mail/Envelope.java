package dev.latchkey.mail;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.UnsupportedEncodingException;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes letters into messages (RFC 5322) of one sender: text and HTML as alternatives, all in UTF-8. */
final class Envelope {
    /** What every mail server understands: no quotes, blanks and letters beyond ASCII before the at sign. */
    private static final Pattern ADDRESS = Pattern.compile("([!-~&&[^@,:;<>()\\[\\]\"\\\\]]+)@([^@\\s]+)");

    private static final Pattern DOMAIN = Pattern.compile("[A-Za-z0-9._-]+|\\[[A-Za-z0-9.:]+]");
    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    private final InternetAddress from;

    /**
     * @param sender an address, or a name with the address behind it in angle brackets
     * @param usualName the sender's name where {@code sender} has none
     */
    Envelope(String sender, String usualName) {
        int bracket = sender.lastIndexOf('<');
        String name = bracket > 0 ? sender.substring(0, bracket).strip() : usualName;
        String address = bracket < 0 ? sender : sender.substring(bracket + 1, sender.lastIndexOf('>'));
        try {
            from = new InternetAddress(address.strip(), Templates.oneLine(name), UTF_8);
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The address as it goes to a mail server; empty when it cannot. */
    static Optional<InternetAddress> address(String text) {
        Matcher parts = ADDRESS.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            String domain = IDN.toASCII(parts.group(2), IDN.ALLOW_UNASSIGNED);
            InternetAddress address = new InternetAddress();
            address.setAddress(parts.group(1) + "@" + domain);
            return Optional.of(address).filter(ignored -> DOMAIN.matcher(domain).matches());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The message that takes {@code letter} to {@code recipient}; the same mail always makes the same one. */
    MimeMessage message(Session session, DueMail mail, InternetAddress recipient, Letter letter)
            throws MessagingException {
        MimeMessage message = new Identified(
                session, "<latchkey." + mail.id() + "." + mail.createdAt().toEpochMilli() + "@" + domain() + ">");
        message.setFrom(from);
        message.setRecipient(Message.RecipientType.TO, recipient);
        message.setSubject(letter.subject(), UTF_8);
        message.setSentDate(Date.from(mail.createdAt()));
        message.setHeader("Auto-Submitted", "auto-generated"); // RFC 3834: no "I am on holiday" comes back
        message.setContent(new MimeMultipart("alternative", part(letter.text(), "plain"), part(letter.html(), "html")));
        message.saveChanges();
        return message;
    }

    private String domain() {
        return from.getAddress().substring(from.getAddress().lastIndexOf('@') + 1);
    }

    private static MimeBodyPart part(String text, String subtype) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setText(text, UTF_8, subtype);
        return part;
    }

    /** The library would put the name of the machine and of its user into the id. */
    private static final class Identified extends MimeMessage {
        private final String id;

        Identified(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }
}
