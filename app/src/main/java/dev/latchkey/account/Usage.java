package dev.latchkey.account;

import dev.latchkey.db.Sql;

/** Keeps what each person has stored, in bytes, in step with the library and within the person's quota. */
public final class Usage {
    private final UserDao dao = new UserDao();
    private final UserCache cache;

    public Usage(UserCache cache) {
        this.cache = cache;
    }

    /**
     * Counts {@code bytes} to a person, in the transaction that stores them.
     *
     * @return false, with nothing counted, when that would exceed the quota
     */
    public boolean add(Sql sql, long userId, long bytes) {
        return dao.addUsage(sql, userId, bytes);
    }

    /** Whether {@code bytes} more would stay within the person's quota. */
    public boolean fits(Sql sql, long userId, long bytes) {
        return dao.hasRoom(sql, userId, bytes);
    }

    /** Takes {@code bytes} off again, in the transaction that removes them. */
    public void remove(Sql sql, long userId, long bytes) {
        dao.removeUsage(sql, userId, bytes);
    }

    /** Lets the next request see the new figure; call it after the commit and before the answer. */
    public void changed(long userId) {
        cache.remove(userId);
    }
}
