package dev.latchkey.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.latchkey.account.Admins;
import dev.latchkey.account.User;
import dev.latchkey.account.UserCache;
import dev.latchkey.audit.Actor;
import dev.latchkey.audit.Audit;
import dev.latchkey.audit.Target;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.db.Database;
import dev.latchkey.db.Sql;
import dev.latchkey.error.Problem;
import dev.latchkey.mail.Outbox;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Personal access tokens: what people make for their programs. A token does what its scopes name and its owner's role
 * allows at that moment, until it expires, is revoked, or its owner is locked, removed or no member any more.
 */
public final class PersonalTokens {
    private static final int MAX_PER_PERSON = 100;
    private static final int SHOWN = "lkp_".length() + 6;
    /** So long people see in the list why a program has stopped working. */
    private static final Duration EXPIRED_KEPT = Duration.ofDays(30);

    private static final int LIMIT = 10_000;

    private final PersonalTokenDao dao = new PersonalTokenDao();
    private final Database database;
    private final UserCache users;
    private final Audit audit;
    private final PersonalTokenMails mails;
    private final Secrets secrets;
    private final Clock clock;
    private final Admins admins;
    private final LastUses lastUses;
    /**
     * By the hash of the token. Whoever revokes one removes it after the commit and before the answer; a load runs
     * inside {@code Cache.get}, which the removal waits for.
     */
    private final Cache<String, PersonalTokenDao.Live> live =
            Caffeine.newBuilder().maximumSize(LIMIT).build();

    public PersonalTokens(
            Database database, UserCache users, Audit audit, Outbox outbox, Secrets secrets, Clock clock) {
        this.database = database;
        this.users = users;
        this.audit = audit;
        this.mails = new PersonalTokenMails(outbox);
        this.secrets = secrets;
        this.clock = clock;
        this.admins = new Admins(clock);
        this.lastUses = new LastUses(database, dao::noteUse);
    }

    /**
     * Makes a token of {@code maker}, and tells them by mail.
     *
     * @param maker who signed in with a session or an access token
     * @throws Problem 401 {@code invalid_token} when that sign-in ended meanwhile, 409 {@code too_many}, 422
     *     {@code invalid_fields}
     */
    public CreatedPersonalToken create(Caller maker, PersonalTokenForm wanted) {
        PersonalTokenForm form = wanted.checked();
        String token = secrets.token(Secrets.Prefix.PERSONAL_ACCESS_TOKEN);
        String prefix = token.substring(0, SHOWN);
        long userId = maker.userId();
        return database.write(sql -> {
            Instant now = clock.instant();
            requireMayMake(sql, maker, now);
            long id = dao.insert(sql, userId, form, prefix, Secrets.hash(token), now);
            PersonalToken made = dao.find(sql, userId, id).orElseThrow();
            audit.record(sql, maker.actor(), "token.create", target(id), Scope.join(made.scopes()));
            mails.made(sql, maker, made);
            return new CreatedPersonalToken(made, token);
        });
    }

    /** A request that was let in before its sign-in was ended must leave no token behind. */
    private void requireMayMake(Sql sql, Caller maker, Instant now) {
        if (!dao.mayMake(sql, maker.userId(), maker.credential().id(), now)) {
            throw Problem.unauthenticated("invalid_token", "Your sign-in is no longer valid. Please sign in again.");
        }
        if (dao.count(sql, maker.userId()) >= MAX_PER_PERSON) {
            throw Problem.conflict(
                    "too_many", "You have " + MAX_PER_PERSON + " tokens. Revoke one that you do not need any more.");
        }
    }

    /** At most {@code limit} of a person's tokens, expired ones too, newest first, with ids below {@code beforeId}. */
    public List<PersonalToken> list(long userId, long beforeId, int limit) {
        return database.read(sql -> dao.list(sql, userId, beforeId, limit)).stream()
                .map(this::upToDate)
                .toList();
    }

    /** At most {@code limit} of everybody's tokens, newest first, with ids below {@code beforeId}. */
    public List<PersonalToken> listAll(long beforeId, int limit) {
        return database.read(sql -> dao.listAll(sql, beforeId, limit)).stream()
                .map(this::upToDate)
                .toList();
    }

    /** A person's token. @throws Problem 404, also for somebody else's */
    public PersonalToken one(long userId, long id) {
        return database.read(sql -> dao.find(sql, userId, id))
                .map(this::upToDate)
                .orElseThrow(PersonalTokens::notFound);
    }

    private PersonalToken upToDate(PersonalToken stored) {
        LastUses.Use use = new LastUses.Use(stored.lastUsedAt(), stored.lastUsedIp());
        return stored.used(lastUses.latest(stored.id(), use));
    }

    /** Revokes one of the actor's tokens: it is dead before this returns. @throws Problem 404 */
    public void revoke(Actor actor, long id) {
        revoke(actor, id, sql -> dao.delete(sql, actor.userId(), id));
    }

    /** Revokes anybody's token, for an admin: it is dead before this returns. @throws Problem 404 */
    public void revokeAny(Actor admin, long id) {
        revoke(admin, id, sql -> {
            Optional<String> hash = dao.delete(sql, id);
            admins.requireStill(sql, admin);
            return hash;
        });
    }

    private void revoke(Actor actor, long id, Function<Sql, Optional<String>> delete) {
        String hash = database.write(sql -> {
            String deleted = delete.apply(sql).orElseThrow(PersonalTokens::notFound);
            audit.record(sql, actor, "token.revoke", target(id), null);
            return deleted;
        });
        live.invalidate(hash);
    }

    /**
     * Whose token this is. Answers from memory when the token was used before; a revocation, and
     * whatever else ends it, counts at once.
     *
     * @param where the address and user agent of the request
     * @param noteUse whether this is a use that the token's owner gets to see
     * @return the caller; empty when the token is unknown, expired or revoked, or the person may not act
     */
    Optional<Caller> resolve(String secret, Actor where, boolean noteUse) {
        String hash = Secrets.hash(secret);
        Optional<PersonalTokenDao.Live> found = find(hash);
        User user = found.flatMap(token -> users.get(token.ownerId())).orElse(null);
        if (user != null && found.get().epoch() < user.credentialEpoch()) {
            live.invalidate(hash);
            found = find(hash);
        }
        Instant now = clock.instant();
        if (user == null || !user.mayActAt(now)) {
            return Optional.empty();
        }
        return found.map(PersonalTokenDao.Live::token)
                .filter(token -> token.countsAt(now))
                .map(token -> {
                    if (noteUse) {
                        lastUses.note(token.id(), new LastUses.Use(now, where.ip()));
                    }
                    return caller(token, user, where);
                });
    }

    /**
     * The row as it was under an epoch of its owner. Deactivation, removal and the end of a membership delete it and
     * count up that epoch: who finds an older one here looks again.
     */
    private Optional<PersonalTokenDao.Live> find(String hash) {
        return Optional.ofNullable(live.get(
                hash, key -> database.read(sql -> dao.find(sql, key)).orElse(null)));
    }

    private static Caller caller(PersonalToken token, User user, Actor where) {
        Credential.Kind kind = Credential.Kind.PERSONAL_ACCESS_TOKEN;
        Credential credential = new Credential(kind, token.id(), token.name(), token.scopes(), token.expiresAt());
        return Caller.user(user, credential, where);
    }

    /** Writes the last uses that are only in memory so far; the server calls it every 30 s and when it stops. */
    public void flushLastUsed() {
        lastUses.flush();
    }

    /** Mails at most {@code limit} people whose token ends within a week, once for each token, and says how many. */
    public int warn(int limit) {
        return database.write(sql -> {
            Instant now = clock.instant();
            List<PersonalTokenDao.Ending> ending = dao.ending(sql, now, now.plus(PersonalTokenMails.AHEAD), limit);
            ending.forEach(token -> {
                dao.noteWarning(sql, token.id(), now);
                mails.endsSoon(sql, token);
            });
            return ending.size();
        });
    }

    /** Deletes at most {@code limit} tokens that expired 30 days ago, and says how many. */
    public int sweepExpired(int limit) {
        return database.write(sql -> dao.deleteExpiredSince(sql, clock.instant().minus(EXPIRED_KEPT), limit));
    }

    private static Target target(long id) {
        return new Target("token", id);
    }

    private static Problem notFound() {
        return Problem.notFound("There is no such token.");
    }
}
