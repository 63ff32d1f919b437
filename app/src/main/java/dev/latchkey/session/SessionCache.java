package dev.latchkey.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.db.Database;
import dev.latchkey.db.Sql;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * The sign-ins that are in use: sessions by the hash of their token, families by their id, which their access tokens
 * carry. Whoever ends or changes one calls {@link #remove} after the commit and before the answer; a load that read
 * before that commit runs inside {@code Cache.get}, which the removal waits for, so nothing ended is kept after it.
 */
final class SessionCache {
    private static final int LIMIT = 10_000;

    private final Cache<String, LiveSession> sessions =
            Caffeine.newBuilder().maximumSize(LIMIT).build();
    private final Cache<Long, LiveSession> families =
            Caffeine.newBuilder().maximumSize(LIMIT).build();
    private final Database database;
    private final SessionDao dao;
    private final Lifetimes lifetimes;
    private final LastUses lastUses;

    SessionCache(Database database, SessionDao dao, Lifetimes lifetimes, LastUses lastUses) {
        this.database = database;
        this.dao = dao;
        this.lifetimes = lifetimes;
        this.lastUses = lastUses;
    }

    /** The session of this token; what is no session token costs no query. */
    Optional<LiveSession> session(String token) {
        return Secrets.Prefix.SESSION.fits(token)
                ? Optional.ofNullable(sessions.get(Secrets.hash(token), this::load))
                : Optional.empty();
    }

    Optional<LiveSession> family(long id) {
        return Optional.ofNullable(families.get(id, this::loadFamily));
    }

    private LiveSession load(String tokenHash) {
        return load(sql -> dao.find(sql, tokenHash));
    }

    private LiveSession loadFamily(long id) {
        return load(sql -> dao.findFamily(sql, id));
    }

    private LiveSession load(Function<Sql, Optional<Session>> find) {
        return database.read(sql -> find.apply(sql)
                .map(session -> live(session, dao.accessEpoch(sql, session.userId())))
                .orElse(null));
    }

    private LiveSession live(Session session, long accessEpoch) {
        LastUses.Use stored = new LastUses.Use(session.lastUsedAt(), null);
        Instant lastUsedAt = lastUses.latest(session.id(), stored).at();
        return new LiveSession(session, accessEpoch, lifetimes, lastUsedAt);
    }

    void remove(Ended ended) {
        sessions.invalidate(ended.tokenHash());
        removeFamily(ended.id());
    }

    void removeFamily(long id) {
        families.invalidate(id);
    }
}
