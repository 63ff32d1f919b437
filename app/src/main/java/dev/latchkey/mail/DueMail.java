package dev.latchkey.mail;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A mail whose turn has come. */
record DueMail(
        long id,
        String recipient,
        String subject,
        String sealedBody,
        int attempts,
        Instant firstAttemptAt,
        String lastError,
        Instant createdAt,
        Instant uselessAt) {
    private static final Duration SHORTEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(6);
    private static final Duration PATIENCE = Duration.ofDays(2);
    /** One minute doubled this often is longer than the longest pause. */
    private static final int DOUBLINGS = 9;

    /** Whether the link inside does not work any more. */
    boolean isUseless(Instant now) {
        return uselessAt != null && !uselessAt.isAfter(now);
    }

    Instant firstAttempt(Instant now) {
        return firstAttemptAt == null ? now : firstAttemptAt;
    }

    /** When to try again after a failure at {@code now}; empty when it was tried for two days. */
    Optional<Instant> nextAttempt(Instant now) {
        Instant last = firstAttempt(now).plus(PATIENCE);
        if (!now.isBefore(last)) {
            return Optional.empty();
        }
        Duration pause = SHORTEST_PAUSE.multipliedBy(1L << Math.min(attempts, DOUBLINGS));
        Instant next = earlier(now.plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE), last);
        return Optional.of(uselessAt == null ? next : earlier(next, uselessAt));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** Addresses stay out of logs. */
    @Override
    public String toString() {
        return "DueMail[" + id + "]";
    }
}
