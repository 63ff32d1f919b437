package dev.latchkey.account;

import dev.latchkey.account.OneTimeLink.Minted;
import dev.latchkey.account.OneTimeLink.Purpose;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.db.Sql;
import dev.latchkey.error.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Makes the links that go out by mail or from an admin's hand, and uses them up; only the hash of a token is stored.
 * Everything happens in the transaction of what the link is for.
 */
public final class OneTimeLinks {
    /** How long the first password of a new account can be set. */
    static final Duration SETUP_TTL = Duration.ofDays(7);

    static final Duration RESET_TTL = Duration.ofHours(1);
    static final Duration VERIFICATION_TTL = Duration.ofHours(24);

    private static final Duration LIMITED = Duration.ofHours(1);
    private static final int MAILS = 3;

    private final OneTimeLinkDao links = new OneTimeLinkDao();
    private final Secrets secrets;
    private final double factor;
    private final Clock clock;

    /** @param factor multiplies how many links a mailbox gets in an hour; 0 turns that limit off */
    public OneTimeLinks(Secrets secrets, double factor, Clock clock) {
        this.secrets = secrets;
        this.factor = factor;
        this.clock = clock;
    }

    /** A link to choose a password with, for {@code ttl}; older ones of this person stop working. */
    Minted reset(Sql sql, long userId, Duration ttl) {
        links.end(sql, userId, Purpose.RESET, clock.instant(), null);
        return mint(sql, userId, Purpose.RESET, null, ttl);
    }

    /**
     * A link for a new account that goes to this address and nowhere else, beside the one that its maker hands on:
     * whoever uses it reads that mail. With the first of the two that is used, the other stops working.
     */
    Minted firstByMail(Sql sql, long userId, String emailKey) {
        return mint(sql, userId, Purpose.RESET, emailKey, SETUP_TTL);
    }

    /**
     * As {@link #reset}, for somebody whom nobody has recognised, and only to this address: what ends later, such as the
     * first link of a new account, goes on working, so that a stranger cannot lock a newcomer out.
     */
    Minted resetOnRequest(Sql sql, long userId, String emailKey) {
        Instant now = clock.instant();
        links.end(sql, userId, Purpose.RESET, now, now.plus(RESET_TTL));
        return mint(sql, userId, Purpose.RESET, emailKey, RESET_TTL);
    }

    /** A link that proves that this address is read by this person; older ones of this person stop working. */
    Minted verification(Sql sql, long userId, String emailKey) {
        links.end(sql, userId, Purpose.VERIFICATION, clock.instant(), null);
        return mint(sql, userId, Purpose.VERIFICATION, emailKey, VERIFICATION_TTL);
    }

    private Minted mint(Sql sql, long userId, Purpose purpose, String emailKey, Duration ttl) {
        String token = secrets.token(Secrets.Prefix.ONE_TIME_LINK);
        Instant now = clock.instant();
        Minted minted = new Minted(token, purpose, now.plus(ttl));
        links.insert(sql, userId, purpose, Secrets.hash(token), emailKey, now, minted.expiresAt());
        return minted;
    }

    /** How long a person has to wait for another mail with such a link: three an hour are enough for a mailbox. */
    Optional<Duration> wait(Sql sql, long userId, Purpose purpose) {
        if (factor == 0) {
            return Optional.empty();
        }
        long limit = Math.max(1, Math.round(MAILS * factor));
        return links.newest(sql, userId, purpose, limit)
                .map(made -> Duration.between(clock.instant(), made.plus(LIMITED)))
                .filter(left -> !left.isNegative() && !left.isZero());
    }

    /** 400 {@code token_invalid}, whatever is wrong with a link. */
    static Problem invalid() {
        return Problem.of(
                Problem.Kind.BAD_REQUEST,
                "token_invalid",
                "This link does not work: it may be used, expired or cut off. Ask for a new one.");
    }

    /** The link of this token that still works; unknown, used, expired and dead ones look alike. */
    Optional<OneTimeLink> find(Sql sql, Purpose purpose, String token) {
        return links.find(sql, purpose, Secrets.hash(token), clock.instant());
    }

    /** Uses a link up; false when somebody did before, or it expired or died. */
    boolean consume(Sql sql, OneTimeLink link) {
        return links.consume(sql, link.id(), clock.instant());
    }

    /** Counts a wrong second-factor code; the link is dead after the fifth. */
    void countFailure(Sql sql, OneTimeLink link) {
        links.countFailure(sql, link.id());
    }

    /** Lets every unused link of a person expire: at a change of address. */
    void endAll(Sql sql, long userId) {
        for (Purpose purpose : Purpose.values()) {
            links.end(sql, userId, purpose, clock.instant(), null);
        }
    }

    /** Removes every link of a person who is removed. */
    void deleteAll(Sql sql, long userId) {
        links.deleteAll(sql, userId);
    }
}
