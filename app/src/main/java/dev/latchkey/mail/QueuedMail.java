package dev.latchkey.mail;

import java.time.Instant;

/**
 * A mail in the outbox as admins see it, without its body.
 *
 * @param nextAttemptAt null unless it is pending
 * @param lastError why it could not be sent, in a sentence; null while all is well
 */
public record QueuedMail(
        long id,
        String recipient,
        String subject,
        State state,
        long attempts,
        Instant nextAttemptAt,
        String lastError,
        Instant createdAt) {
    /** What became of a mail so far. */
    public enum State {
        /** Waits to be sent, for the first time or again. */
        PENDING,
        SENT,
        /** Given up; an admin may send it again. */
        DEAD
    }

    /** Addresses stay out of logs. */
    @Override
    public String toString() {
        return "QueuedMail[" + id + ", " + state + "]";
    }
}
