package dev.latchkey.account;

import dev.latchkey.audit.Actor;
import dev.latchkey.db.Sql;
import dev.latchkey.error.Problem;
import java.time.Clock;
import java.util.Objects;

/** What holds for everything that admins do to accounts. */
public final class Admins {
    private final UserAdminDao users = new UserAdminDao();
    private final Clock clock;

    public Admins(Clock clock) {
        this.clock = clock;
    }

    /**
     * Asks in the transaction of a change whether who makes it is still an admin: the request was let in before, and
     * somebody may have put its sender out since. Ask last, so that who lost such a race hears what was in the way.
     *
     * @throws Problem 403 {@code forbidden}, which takes the change back
     */
    public void requireStill(Sql sql, Actor actor) {
        if (!users.isActiveAdmin(sql, actor.userId(), clock.instant())) {
            throw Problem.forbidden("forbidden", "You are no admin any more. Nothing was changed.");
        }
    }

    /** @throws Problem 409 {@code self} when the actor is that person; {@code instead} says what to do */
    static void requireOther(Actor actor, long id, String instead) {
        if (Objects.equals(actor.userId(), id)) {
            throw Problem.conflict("self", instead);
        }
    }

    static Problem noSuchUser() {
        return Problem.notFound("There is no such user.");
    }
}
