package dev.latchkey.account;

import dev.latchkey.crypto.Secrets;
import dev.latchkey.db.Sql;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Makes the links that go out by mail, and uses them up; only the hash of a token is stored. */
public final class OneTimeLinks {
    private final OneTimeLinkDao links = new OneTimeLinkDao();
    private final Secrets secrets;
    private final Clock clock;

    public OneTimeLinks(Secrets secrets, Clock clock) {
        this.secrets = secrets;
        this.clock = clock;
    }

    /** A new token with the time when it stops working. */
    record Minted(String token, Instant expiresAt) {
        @Override
        public String toString() {
            return "Minted[…]";
        }
    }

    /** A link to choose a password with, for {@code ttl}; older ones of this person stop working. */
    Minted reset(Sql sql, long userId, Duration ttl) {
        return mint(sql, userId, OneTimeLink.Purpose.RESET, null, ttl);
    }

    /** A link that proves that this address is read by this person, for {@code ttl}; older ones stop working. */
    Minted verification(Sql sql, long userId, String emailKey, Duration ttl) {
        return mint(sql, userId, OneTimeLink.Purpose.VERIFICATION, emailKey, ttl);
    }

    private Minted mint(Sql sql, long userId, OneTimeLink.Purpose purpose, String emailKey, Duration ttl) {
        String token = secrets.token(Secrets.Prefix.ONE_TIME_LINK);
        Instant now = clock.instant();
        Minted minted = new Minted(token, now.plus(ttl));
        links.deleteUnused(sql, userId, purpose);
        links.insert(sql, userId, purpose, Secrets.hash(token), emailKey, now, minted.expiresAt());
        return minted;
    }

    /** The link of this token that still works; unknown, used and expired ones look alike. */
    Optional<OneTimeLink> find(Sql sql, OneTimeLink.Purpose purpose, String token) {
        return links.find(sql, purpose, Secrets.hash(token), clock.instant());
    }

    /** Uses a link up, in the transaction of what it is good for; false when somebody did before, or it expired. */
    boolean consume(Sql sql, OneTimeLink link) {
        return links.consume(sql, link.id(), clock.instant());
    }
}
