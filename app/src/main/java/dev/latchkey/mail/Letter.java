package dev.latchkey.mail;

import dev.latchkey.crypto.Sealer;

/** A mail in words: its subject on one line, and the same content as text and as HTML. */
record Letter(String subject, String text, String html) {
    /** Stands in no text: {@link Templates} drops control characters. */
    private static final char BETWEEN = '\0';

    /** Text and HTML as they lie in the outbox. */
    String sealed(Sealer sealer) {
        return sealer.seal(text + BETWEEN + html);
    }

    /** @throws IllegalStateException when it was sealed with other keys */
    static Letter open(Sealer sealer, String subject, String sealed) {
        String body = sealer.open(sealed);
        int end = body.indexOf(BETWEEN);
        return new Letter(subject, body.substring(0, end), body.substring(end + 1));
    }

    /** Names and links stay out of logs. */
    @Override
    public String toString() {
        return "Letter[…]";
    }
}
