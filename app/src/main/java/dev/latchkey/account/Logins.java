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
     * Notes a sign-in in the transaction that opens the session. Hashing takes a while, so it is asked again here
     * whether the person may act and still has the password that was compared.
     *
     * @param hash the hash to store from now on, which may be the one that was compared
     * @return the person; empty when they were locked, or their password changed, in the meantime
     */
    public Optional<User> note(Sql sql, Login checked, String hash, Instant now) {
        boolean stands = users.noteLogin(sql, checked.userId(), checked.passwordHash(), hash, now);
        return stands ? users.find(sql, checked.userId()) : Optional.empty();
    }

    /** Lets the next request see the person as they are now; call it after the commit and before the answer. */
    public void changed(long userId) {
        cache.remove(userId);
    }
}
