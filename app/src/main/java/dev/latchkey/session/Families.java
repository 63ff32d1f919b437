package dev.latchkey.session;

import dev.latchkey.account.User;
import dev.latchkey.account.UserCache;
import dev.latchkey.audit.Actor;
import dev.latchkey.audit.Audit;
import dev.latchkey.audit.Target;
import dev.latchkey.config.Config;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.db.Database;
import dev.latchkey.db.Sql;
import dev.latchkey.error.Problem;
import dev.latchkey.mail.Mail;
import dev.latchkey.mail.Outbox;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sign-ins of API clients: short access tokens, and refresh tokens that are replaced at each use (RFC 9700, 4.14.2). A
 * refresh token that comes back after it was replaced is in two hands, and ends its family.
 */
public final class Families {
    private static final Logger LOG = LoggerFactory.getLogger(Families.class);

    private final Database database;
    private final UserCache users;
    private final Audit audit;
    private final Outbox outbox;
    private final Sessions sessions;
    private final AccessTokens accessTokens;
    private final RefreshTokens refreshTokens;
    private final Duration grace;
    private final Clock clock;
    private final Lifetimes lifetimes;
    private final FamilyDao dao;

    public Families(
            Database database,
            UserCache users,
            Audit audit,
            Outbox outbox,
            Sessions sessions,
            AccessTokens accessTokens,
            RefreshTokens refreshTokens,
            Config.Sessions config,
            Clock clock) {
        this.database = database;
        this.users = users;
        this.audit = audit;
        this.outbox = outbox;
        this.sessions = sessions;
        this.accessTokens = accessTokens;
        this.refreshTokens = refreshTokens;
        this.grace = config.refreshGrace();
        this.clock = clock;
        this.lifetimes = new Lifetimes(config.idle(), config.max());
        this.dao = new FamilyDao(new SessionDao(lifetimes), lifetimes);
    }

    /** Opens a family for {@code user} in the transaction of their sign-in. */
    StartedFamily start(Sql sql, User user, Actor owner, Origin origin, String deviceName) {
        String token = refreshTokens.first();
        long id = sessions.insert(sql, Session.Kind.REFRESH, token, user, owner, deviceName, origin);
        Instant now = clock.instant();
        return new StartedFamily(id, pair(user, id, lifetimes.end(now, now), origin, token));
    }

    private TokenPair pair(User user, long familyId, Instant familyEnd, Origin origin, String refreshToken) {
        AccessTokens.Minted access = accessTokens.mint(user, familyId, familyEnd, origin.providerName());
        return new TokenPair(access.token(), access.life(), refreshToken);
    }

    /**
     * Exchanges a refresh token for its successor and a new access token. Whoever shows the replaced token again within
     * {@code refresh.grace_seconds} gets the same successor: an answer was lost, or two tabs asked at once. Any other
     * use of a replaced token ends the family, and its owner hears of it.
     *
     * @param where the address and user agent of the request
     * @throws Problem 400 {@code invalid_grant} for a token that is unknown, replaced, expired or ended, or whose owner
     *     may not act
     */
    public TokenPair refresh(Actor where, String token) {
        if (!Secrets.Prefix.REFRESH.fits(token)) {
            throw invalidGrant();
        }
        String hash = Secrets.hash(token);
        String successor = refreshTokens.successor(token);
        Exchange exchange = database.write(sql -> exchange(sql, where, hash, Secrets.hash(successor)))
                .orElseThrow(Families::invalidGrant);
        sessions.forget(exchange.family());
        if (exchange.reused()) {
            LOG.warn("a used refresh token came back from {}: its family has been ended", where.ip());
            throw invalidGrant();
        }
        // Whatever has changed about the person since the commit makes the tokens worthless, not wrong.
        User user = users.get(exchange.family().userId()).orElseThrow(Families::invalidGrant);
        Session family = exchange.family();
        return pair(user, family.id(), family.expiresAt(), family.origin(), successor);
    }

    /** What became of a family whose token was shown. */
    private record Exchange(Session family, boolean reused) {}

    private Optional<Exchange> exchange(Sql sql, Actor where, String presented, String successor) {
        Instant now = clock.instant();
        return dao.rotate(sql, presented, successor, now)
                .or(() -> dao.justRotated(sql, presented, now, grace))
                .map(family -> new Exchange(family, false))
                .or(() -> dao.spentIn(sql, presented, now).map(family -> endReused(sql, where, family)));
    }

    private static Problem invalidGrant() {
        return Problem.of(
                Problem.Kind.BAD_REQUEST,
                "invalid_grant",
                "The refresh token is unknown, used, expired or revoked. Sign in again.");
    }

    /**
     * Whose access token this is. Answers from memory when the token was used before;
     * the end of the family, a change of role and whatever else ends it count at once.
     *
     * @param where the address and user agent of the request
     * @param noteUse whether this is a use, which keeps the family alive
     * @return the caller; empty when the token is not ours, expired or ended, or the person may not act
     */
    Optional<Caller> resolve(String accessToken, Actor where, boolean noteUse) {
        AccessToken token = accessTokens.verify(accessToken).orElse(null);
        LiveSession family =
                token == null ? null : sessions.family(token.familyId()).orElse(null);
        if (family == null) {
            return Optional.empty();
        }
        Optional<User> user = sessions.owner(family).filter(token::fits);
        if (noteUse && user.isPresent()) {
            sessions.used(family);
        }
        return user.map(person -> Caller.user(person, credential(family, token), where));
    }

    private static Credential credential(LiveSession family, AccessToken token) {
        return Credential.unlimited(
                family.session().origin().credential(Credential.Kind.ACCESS_TOKEN),
                family.session().id(),
                family.session().deviceName(),
                token.expiresAt());
    }

    /** The family that a refresh token is, or was, good for. */
    Optional<Session> ofRefreshToken(String token) {
        return database.read(sql -> dao.find(sql, Secrets.hash(token)));
    }

    /** The family of an access token that has not expired. */
    Optional<Session> ofAccessToken(String token) {
        return accessTokens
                .verify(token)
                .flatMap(claims -> sessions.family(claims.familyId()))
                .map(LiveSession::session);
    }

    private Exchange endReused(Sql sql, Actor where, Session family) {
        sessions.delete(sql, family);
        audit.record(sql, where, "family.refresh_reuse", new Target("family", family.id()), null);
        dao.owner(sql, family.userId())
                .ifPresent(owner ->
                        outbox.add(sql, Mail.alert(owner.email(), owner.name(), alert(family, owner.name() != null))));
        return new Exchange(family, true);
    }

    /** @param named whether the reader may be told what the device is called, which whoever signed in has typed */
    private static String alert(Session family, boolean named) {
        boolean anyDevice = family.deviceName() == null || !named;
        String device = anyDevice ? "One of your sign-ins" : "Your sign-in \"" + family.deviceName() + "\"";
        return device + " was ended, because a token of it that had been replaced was used again."
                + " Somebody may have copied it. If you did not expect this, change your password.";
    }
}
