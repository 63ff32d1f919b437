package dev.latchkey.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.db.Database;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/**
 * The sessions that are in use, by the hash of their token. Whoever ends a session calls {@link #remove} after the
 * commit and before the answer; a load that read before that commit runs inside {@code Cache.get}, which the removal
 * waits for, so nothing ended is kept after it.
 */
final class SessionCache {
    private static final int LIMIT = 10_000;
    /** What is no session token costs no query. */
    private static final int TOKEN_LENGTH = "lks_".length() + 43;

    private final Cache<String, LiveSession> sessions =
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

    Optional<LiveSession> get(String token) {
        return token.length() == TOKEN_LENGTH && token.startsWith("lks_")
                ? Optional.ofNullable(sessions.get(Secrets.hash(token), this::load))
                : Optional.empty();
    }

    private LiveSession load(String tokenHash) {
        return database.read(sql -> dao.find(sql, tokenHash)).map(this::live).orElse(null);
    }

    private LiveSession live(Session session) {
        Instant lastUsedAt = lastUses.latest(session.id(), session.lastUsedAt());
        return new LiveSession(session, lifetimes, lastUsedAt);
    }

    void remove(String tokenHash) {
        sessions.invalidate(tokenHash);
    }

    void removeAll(Collection<String> tokenHashes) {
        sessions.invalidateAll(tokenHashes);
    }
}
