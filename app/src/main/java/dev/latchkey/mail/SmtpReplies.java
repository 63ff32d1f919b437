package dev.latchkey.mail;

import jakarta.mail.MessagingException;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;

/** Says in a sentence for admins what a mail server made of a mail, or why it could not be used. */
final class SmtpReplies {
    private static final int MAX_LENGTH = 300;
    /** Some servers repeat the offending line; the tokens in our links have these prefixes. */
    private static final Pattern TOKEN = Pattern.compile("(lk[a-z]_)[0-9A-Za-z]+");

    private SmtpReplies() {}

    static Outcome noServer(MessagingException e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String detail = root == e ? e.getMessage() : e.getMessage() + ": " + root.getMessage();
        return Outcome.noServer(sentence("The mail server cannot be used: ", detail));
    }

    /** What a server answered to a mail, or that it did not. */
    static Outcome of(MessagingException e) {
        for (Exception part = e; part instanceof MessagingException next; part = next.getNextException()) {
            if (part instanceof SMTPAddressFailedException refusal) {
                return refused(refusal.getReturnCode(), refusal.getMessage());
            }
            if (part instanceof SMTPSendFailedException refusal) {
                return refusal.getCommand().startsWith("MAIL")
                        ? Outcome.later(sentence("The mail server refused the sender: ", refusal.getMessage()))
                        : refused(refusal.getReturnCode(), refusal.getMessage());
            }
        }
        return Outcome.later(sentence("The connection to the mail server broke: ", e.getMessage()));
    }

    /** 5yz is for good, 4yz for now (RFC 5321, 4.2.1). */
    private static Outcome refused(int code, String reply) {
        return code >= 500
                ? Outcome.never(sentence("The mail server refused the mail: ", reply))
                : Outcome.later(sentence("The mail server put the mail off: ", reply));
    }

    private static String sentence(String beginning, String detail) {
        String line = TOKEN.matcher(Templates.oneLine(beginning + detail)).replaceAll("$1…");
        return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH - 1) + "…";
    }
}
