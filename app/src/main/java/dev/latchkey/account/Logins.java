package dev.latchkey.account;

import dev.latchkey.db.Database;
import dev.latchkey.db.Sql;
import java.time.Instant;
import java.util.Optional;

/** What signing in needs to know of accounts, and leaves behind there. */
public final class Logins {
    private final UserDao users = new UserDao();
    private final JoinRequestDao requests = new JoinRequestDao();
    private final Database database;
    private final UserCache cache;

    public Logins(Database database, UserCache cache) {
        this.database = database;
        this.cache = cache;
    }

    /** Whom a username or e-mail address belongs to; takes the same two queries whatever the answer. */
    public Login find(String name) {
        String typed = Usernames.typed(name);
        return database.read(sql -> {
            boolean email = Usernames.isEmail(typed);
            Optional<Login> user = email ? users.loginByEmail(sql, typed) : users.loginByUsername(sql, typed);
            Optional<Login> waiting = email ? requests.loginByEmail(sql, typed) : requests.loginByUsername(sql, typed);
            return user.or(() -> waiting).orElse(Login.NOBODY);
        });
    }

    /**
     * The person whose password was compared, in the transaction that follows. Hashing takes a while, so it is asked
     * again here whether they may act and still have that password.
     *
     * @return the person; empty when they were locked, or their password changed, in the meantime
     */
    public Optional<User> recheck(Sql sql, Login checked, Instant now) {
        boolean same = users.passwordHash(sql, checked.userId())
                .filter(hash -> hash.equals(checked.passwordHash()))
                .isPresent();
        return same ? users.find(sql, checked.userId()).filter(user -> user.mayActAt(now)) : Optional.empty();
    }

    /** Stores another hash of the password that was compared. */
    public void rehash(Sql sql, long userId, String hash) {
        users.updatePasswordHash(sql, userId, hash);
    }

    /** Notes a completed sign-in in the transaction that opens the session, and returns the person as they are now. */
    public User note(Sql sql, long userId, Instant now) {
        users.noteLogin(sql, userId, now);
        return users.find(sql, userId).orElseThrow();
    }

    /** Lets the next request see the person as they are now; call it after the commit and before the answer. */
    public void changed(long userId) {
        cache.remove(userId);
    }
}
