package dev.latchkey.mail;

import java.time.Instant;
import java.util.Map;

/**
 * A mail to be written from a template of {@code resources/mail}. Where one greets its reader by {@code name}, that is
 * null for somebody of whom nobody knows whether they read this address: people type what they are called, and nobody
 * is to put a line of their own into a stranger's mailbox.
 *
 * @param template the name of the template's files
 * @param values what stands in for the template's {@code {{name}}}s; any text, it is escaped where it lands
 * @param uselessAt when the link inside stops working; null for a mail without one
 * @param unasked whether somebody may have it sent to a stranger as often as they like: the outbox takes few of those
 */
public record Mail(String recipient, String template, Map<String, String> values, Instant uselessAt, boolean unasked) {
    private Mail(String recipient, String template, Map<String, String> values, Instant uselessAt) {
        this(recipient, template, values, uselessAt, false);
    }

    /** Somebody forgot the password, or an admin helps them. */
    public static Mail reset(String recipient, String name, String link, Instant until) {
        return new Mail(recipient, "reset", Map.of("hello", hello(name), "link", link), until);
    }

    /** An admin made an account for somebody, who chooses its first password. */
    public static Mail welcome(String recipient, String name, String username, String link, Instant until) {
        return new Mail(recipient, "welcome", Map.of("hello", hello(name), "username", username, "link", link), until);
    }

    public static Mail verification(String recipient, String name, String link, Instant until) {
        return new Mail(recipient, "verification", Map.of("hello", hello(name), "link", link), until);
    }

    public static Mail invite(String recipient, String inviter, String link, Instant until) {
        return new Mail(recipient, "invite", Map.of("inviter", inviter, "link", link), until);
    }

    /** Somebody waits to be let in; to those who may do that. */
    public static Mail joinRequest(String recipient, String name, String asker, String site) {
        return new Mail(
                recipient, "join-request", Map.of("hello", hello(name), "asker", asker, "link", site + "/"), null);
    }

    /** Somebody was let in. */
    public static Mail approved(String recipient, String name, String username, String site) {
        return new Mail(
                recipient,
                "approved",
                Map.of("hello", hello(name), "username", username, "link", site + "/login"),
                null);
    }

    /** Something happened to an account that its owner should know. @param what a sentence that says it */
    public static Mail alert(String recipient, String name, String what) {
        return new Mail(recipient, "alert", Map.of("hello", hello(name), "what", what), null, name == null);
    }

    private static String hello(String name) {
        return name == null ? "Hello" : "Hello " + name;
    }

    /** Addresses and links stay out of logs. */
    @Override
    public String toString() {
        return "Mail[" + template + "]";
    }
}
