package dev.latchkey.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.latchkey.db.Database;
import java.util.Optional;

/**
 * The people who are asking at the moment, by id, so that checking a credential costs no query. Whoever changes a
 * person calls {@link #remove} after the commit and before the answer. A load that read before that commit runs
 * inside {@code Cache.get}, which the removal waits for, so nothing old is kept after it.
 */
public final class UserCache {
    private static final int LIMIT = 10_000;

    private final UserDao dao = new UserDao();
    private final Cache<Long, User> users =
            Caffeine.newBuilder().maximumSize(LIMIT).build();
    private final Database database;

    public UserCache(Database database) {
        this.database = database;
    }

    /** The person as last committed, if there is one of that id. */
    public Optional<User> get(long id) {
        return Optional.ofNullable(users.get(id, this::load));
    }

    private User load(long id) {
        return database.read(sql -> dao.find(sql, id)).orElse(null);
    }

    /** Forgets the person, so that the next {@link #get} reads what is committed now. */
    public void remove(long id) {
        users.invalidate(id);
    }
}
