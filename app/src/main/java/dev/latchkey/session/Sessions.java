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
import java.util.List;
import java.util.Optional;

/**
 * Sign-ins that last: sessions, for browsers (cookie) and clients (bearer token) alike, and what they have in common
 * with {@link Families}, whose rows stand in the same list.
 */
public final class Sessions {
    /** Uses may be written late, and a session must never be swept while somebody uses it. */
    private static final Duration SWEEP_MARGIN = Duration.ofDays(1);

    private final Database database;
    private final UserCache users;
    private final Audit audit;
    private final Secrets secrets;
    private final Clock clock;
    private final Lifetimes lifetimes;
    private final SessionDao dao;
    private final DeviceCodeDao deviceCodes = new DeviceCodeDao();
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
        this.lastUses = new LastUses(database, (sql, id, use) -> dao.noteUse(sql, id, use.at()));
        this.cache = new SessionCache(database, dao, lifetimes, lastUses);
    }

    /** Opens a session for {@code user} in the transaction of their sign-in. */
    StartedSession start(Sql sql, User user, Actor owner, String deviceName) {
        return start(sql, user, owner, Origin.PASSWORD, deviceName);
    }

    StartedSession start(Sql sql, User user, Actor owner, Origin origin, String deviceName) {
        String token = secrets.token(Secrets.Prefix.SESSION);
        long id = insert(sql, Session.Kind.SESSION, token, user, owner, deviceName, origin);
        Instant now = clock.instant();
        return new StartedSession(id, token, lifetimes.end(now, now));
    }

    long insert(Sql sql, Session.Kind kind, String token, User user, Actor owner, String deviceName, Origin origin) {
        Instant now = clock.instant();
        return dao.insert(sql, kind, Secrets.hash(token), user.credentialEpoch(), owner, deviceName, origin, now);
    }

    /**
     * Whose session token this is. Answers from memory when the session was used before; a
     * revocation or deactivation that was answered counts at once.
     *
     * @param where the address and user agent of the request
     * @param noteUse whether this is a use, which keeps the session alive
     * @return the caller; empty when the token is unknown, expired or revoked, or the person may not act
     */
    public Optional<Caller> resolve(String token, Actor where, boolean noteUse) {
        LiveSession live = cache.session(token).orElse(null);
        User user = live == null ? null : owner(live).orElse(null);
        if (user == null) {
            return Optional.empty();
        }
        if (noteUse) {
            used(live);
        }
        return Optional.of(Caller.user(user, credential(live), where));
    }

    private static Credential credential(LiveSession live) {
        Session session = live.session();
        Credential.Kind kind = session.origin().credential(Credential.Kind.SESSION);
        return Credential.unlimited(kind, session.id(), session.deviceName(), live.expiresAt());
    }

    /** The person behind a sign-in, as long as it counts and they may act. */
    Optional<User> owner(LiveSession live) {
        Instant now = clock.instant();
        return users.get(live.session().userId())
                .filter(user -> live.fits(user) && user.mayActAt(now) && now.isBefore(live.expiresAt()));
    }

    void used(LiveSession live) {
        Instant now = clock.instant();
        if (live.use(now)) {
            lastUses.note(live.session().id(), new LastUses.Use(now, null));
        }
    }

    /** The session of this token, be it expired or not. */
    Optional<Session> ofToken(String token) {
        return cache.session(token).map(LiveSession::session);
    }

    Optional<LiveSession> family(long id) {
        return cache.family(id);
    }

    /** Lets the next request with an access token of this family see what was committed. */
    void forget(Session family) {
        cache.removeFamily(family.id());
    }

    /** At most {@code limit} of a person's live sign-ins, newest first, with ids below {@code beforeId}. */
    public List<Session> list(long userId, long beforeId, int limit) {
        return database.read(sql -> dao.list(sql, userId, clock.instant(), beforeId, limit)).stream()
                .map(this::upToDate)
                .toList();
    }

    private Session upToDate(Session stored) {
        Instant lastUsedAt = lastUses.latest(stored.id(), new LastUses.Use(stored.lastUsedAt(), null))
                .at();
        return stored.usedAt(lastUsedAt, lifetimes);
    }

    /** Ends one of the actor's sign-ins: its tokens are dead before this returns. @throws Problem 404 */
    public void end(Actor actor, long id) {
        if (!end(actor, actor.userId(), id, "session.end")) {
            throw Problem.notFound("There is no such session.");
        }
    }

    /** Ends a sign-in that {@code actor} holds a secret of; false when it has ended already. */
    boolean end(Actor actor, long userId, long id, String action) {
        Optional<Ended> ended = database.write(sql -> {
            Optional<Ended> deleted = dao.delete(sql, userId, id);
            deleted.ifPresent(row -> record(sql, actor, row, action));
            return deleted;
        });
        ended.ifPresent(cache::remove);
        return ended.isPresent();
    }

    private void record(Sql sql, Actor actor, Ended ended, String action) {
        boolean family = ended.kind() == Session.Kind.REFRESH;
        Target target = new Target(family ? "family" : "session", ended.id());
        audit.record(sql, actor, family ? "family.end" : action, target, null);
    }

    /** Deletes a family in the transaction that tells why; {@link #forget} follows after the commit. */
    void delete(Sql sql, Session family) {
        dao.delete(sql, family.userId(), family.id());
    }

    /** Ends all of the actor's sign-ins but {@code currentId}: their tokens are dead before this returns. */
    public void endOthers(Actor actor, long currentId) {
        List<Ended> ended = database.write(sql -> {
            List<Ended> rows = dao.deleteOthers(sql, actor.userId(), currentId);
            deviceCodes.withdraw(sql, actor.userId());
            if (!rows.isEmpty()) {
                Target target = new Target("user", actor.userId());
                audit.record(sql, actor, "session.end_others", target, rows.size() + " ended");
            }
            return rows;
        });
        ended.forEach(cache::remove);
    }

    /**
     * Lets one sign-in go on where all of a person's are ended, in the transaction that has just counted up their
     * epoch.
     *
     * @return what to run after the commit, before the next request sees the new epoch
     * @throws Problem 401 {@code invalid_token} when that sign-in was ended already
     */
    Runnable keep(Sql sql, User user, long id) {
        Ended kept = dao.keep(sql, user.id(), id, user.credentialEpoch())
                .orElseThrow(() -> Problem.unauthenticated(
                        "invalid_token", "Your sign-in is no longer valid. Please sign in again."));
        return () -> cache.remove(kept);
    }

    /** Writes the last uses that are only in memory so far; the server calls it every 30 s and when it stops. */
    public void flushLastUsed() {
        lastUses.flush();
    }

    /** Deletes at most {@code limit} rows of sign-ins that ended a while ago, and says how many. */
    public int sweepExpired(int limit) {
        Instant unused = clock.instant().minus(lifetimes.idle()).minus(SWEEP_MARGIN);
        return database.write(sql -> {
            int spent = dao.deleteSpentOfUnusedSince(sql, unused, limit);
            return spent > 0 ? spent : dao.deleteUnusedSince(sql, unused, limit);
        });
    }
}
