package dev.latchkey.account;

import dev.latchkey.audit.Actor;
import dev.latchkey.audit.Audit;
import dev.latchkey.audit.Target;
import dev.latchkey.db.Database;
import dev.latchkey.db.Sql;
import dev.latchkey.error.Problem;
import java.time.Clock;
import java.util.Objects;
import java.util.function.Function;

/** Accounts, as admins manage them. */
public final class Users {
    private final UserDao users = new UserDao();
    private final Database database;
    private final UserCache cache;
    private final Audit audit;
    private final Clock clock;

    public Users(Database database, UserCache cache, Audit audit, Clock clock) {
        this.database = database;
        this.cache = cache;
        this.audit = audit;
        this.clock = clock;
    }

    /** Lets a person in again; credentials that the deactivation ended stay dead. @throws Problem 404 */
    public User activate(Actor actor, long id) {
        return change(id, sql -> users.activate(sql, id) ? "user.activate" : null, actor);
    }

    /**
     * Locks a person out: all their credentials are dead before this returns.
     *
     * @throws Problem 404, 409 {@code self} for oneself, 409 {@code last_admin} for the last admin who can act
     */
    public User deactivate(Actor actor, long id) {
        return change(id, sql -> deactivated(sql, actor, id) ? "user.deactivate" : null, actor);
    }

    private boolean deactivated(Sql sql, Actor actor, long id) {
        boolean done = users.deactivate(sql, id, actor.userId(), clock.instant());
        if (!done && users.find(sql, id).filter(User::active).isPresent()) {
            throw Objects.equals(actor.userId(), id)
                    ? Problem.conflict("self", "You cannot deactivate yourself.")
                    : Problem.conflict("last_admin", "This is the last active admin. Make somebody else one first.");
        }
        return done;
    }

    /** Runs a change and its audit row in one transaction; {@code work} returns null when nothing was to be done. */
    private User change(long id, Function<Sql, String> work, Actor actor) {
        User user = database.write(sql -> {
            String action = work.apply(sql);
            if (action != null) {
                audit.record(sql, actor, action, new Target("user", id), null);
            }
            return users.find(sql, id).orElseThrow(() -> Problem.notFound("There is no such user."));
        });
        cache.remove(id);
        return user;
    }
}
