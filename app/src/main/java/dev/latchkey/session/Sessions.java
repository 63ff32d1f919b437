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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Sign-ins that last: for browsers (cookie) and clients (bearer token) alike. */
public final class Sessions {
    /** Uses may be written late, and a session must never be swept while somebody uses it. */
    private static final Duration SWEEP_MARGIN = Duration.ofDays(1);

    private static final Set<Scope> ALL_SCOPES = Collections.unmodifiableSet(EnumSet.allOf(Scope.class));

    private final Database database;
    private final UserCache users;
    private final Audit audit;
    private final Secrets secrets;
    private final Clock clock;
    private final Lifetimes lifetimes;
    private final SessionDao dao;
    private final LastUses lastUses;
    private final SessionCache cache;

    public Sessions(
            Database database, UserCache users, Audit audit, Secrets secrets, Config.Sessions config, Clock clock) {
        this.database = database;
        this.users = users;
        this.audit = audit;
        this.secrets = secrets;
        this.clock = clock;
        this.lifetimes = new Lifetimes(config.idle(), config.max());
        this.dao = new SessionDao(lifetimes);
        this.lastUses = new LastUses(database, dao);
        this.cache = new SessionCache(database, dao, lifetimes, lastUses);
    }

    /** Opens a session for {@code user} in the transaction of their sign-in. */
    StartedSession start(Sql sql, User user, Actor owner, String deviceName) {
        String token = secrets.token(Secrets.Prefix.SESSION);
        Instant now = clock.instant();
        long id = dao.insert(sql, Secrets.hash(token), user.credentialEpoch(), owner, deviceName, now);
        return new StartedSession(id, token, lifetimes.end(now, now));
    }

    /**
     * Whose token this is, and notes its use. Answers from memory when the session was used before; a revocation or
     * deactivation that was answered counts at once.
     *
     * @param where the address and user agent of the request
     * @return the caller; empty when the token is unknown, expired or revoked, or the person may not act
     */
    public Optional<Caller> resolve(String token, Actor where) {
        LiveSession live = cache.get(token).orElse(null);
        if (live == null) {
            return Optional.empty();
        }
        Session session = live.session();
        User user = users.get(session.userId()).orElse(null);
        Instant now = clock.instant();
        if (user == null
                || user.credentialEpoch() != session.credentialEpoch()
                || !user.mayActAt(now)
                || !now.isBefore(live.expiresAt())) {
            return Optional.empty();
        }
        if (live.use(now)) {
            lastUses.note(session.id(), now);
        }
        return Optional.of(caller(user, session, live.expiresAt(), where));
    }

    private static Caller caller(User user, Session session, Instant expiresAt, Actor where) {
        Credential credential =
                new Credential(Credential.Kind.SESSION, session.id(), session.deviceName(), ALL_SCOPES, expiresAt);
        Actor actor = new Actor(user.id(), where.ip(), where.userAgent());
        return new Caller(Caller.Kind.USER, user, credential, actor);
    }

    /** At most {@code limit} of a person's live sessions, newest first, with ids below {@code beforeId}. */
    public List<Session> list(long userId, long beforeId, int limit) {
        return database.read(sql -> dao.list(sql, userId, clock.instant(), beforeId, limit)).stream()
                .map(this::upToDate)
                .toList();
    }

    private Session upToDate(Session stored) {
        Instant lastUsedAt = lastUses.latest(stored.id(), stored.lastUsedAt());
        return stored.usedAt(lastUsedAt, lifetimes);
    }

    /** Ends the actor's current session: its token is dead before this returns, and ending it twice is no mistake. */
    public void logOut(Actor actor, long id) {
        Optional<String> ended = database.write(sql -> delete(sql, actor, id, "session.logout"));
        ended.ifPresent(cache::remove);
    }

    /** Ends one of the actor's sessions: its token is dead before this returns. @throws Problem 404 */
    public void end(Actor actor, long id) {
        String ended = database.write(sql -> delete(sql, actor, id, "session.end"))
                .orElseThrow(() -> Problem.notFound("There is no such session."));
        cache.remove(ended);
    }

    private Optional<String> delete(Sql sql, Actor actor, long id, String action) {
        Optional<String> ended = dao.delete(sql, actor.userId(), id);
        ended.ifPresent(hash -> audit.record(sql, actor, action, new Target("session", id), null));
        return ended;
    }

    /** Ends all of the actor's sessions but {@code currentId}: their tokens are dead before this returns. */
    public void endOthers(Actor actor, long currentId) {
        List<String> ended = database.write(sql -> {
            List<String> hashes = dao.deleteOthers(sql, actor.userId(), currentId);
            if (!hashes.isEmpty()) {
                Target target = new Target("user", actor.userId());
                audit.record(sql, actor, "session.end_others", target, hashes.size() + " ended");
            }
            return hashes;
        });
        cache.removeAll(ended);
    }

    /** Writes the last uses that are only in memory so far; the server calls it every 30 s and when it stops. */
    public void flushLastUsed() {
        lastUses.flush();
    }

    /** Deletes at most {@code limit} sessions that ended a while ago, and says how many. */
    public int sweepExpired(int limit) {
        Instant unused = clock.instant().minus(lifetimes.idle()).minus(SWEEP_MARGIN);
        return database.write(sql -> dao.deleteUnusedSince(sql, unused, limit));
    }
}
