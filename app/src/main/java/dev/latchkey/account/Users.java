package dev.latchkey.account;

import dev.latchkey.audit.Actor;
import dev.latchkey.audit.Audit;
import dev.latchkey.audit.Target;
import dev.latchkey.db.Database;
import dev.latchkey.db.Sql;
import dev.latchkey.error.Problem;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** Accounts, as admins look at them, change them and remove them. */
public final class Users {
    private final UserDao users = new UserDao();
    private final UserAdminDao dao = new UserAdminDao();
    private final FormerMemberDao formerMembers = new FormerMemberDao();
    private final Names names = new Names();
    private final Admins admins;
    private final Database database;
    private final Revocation revocation;
    private final EmailVerification verification;
    private final SignInDelays delays;
    private final Audit audit;
    private final Clock clock;

    public Users(
            Database database,
            Revocation revocation,
            EmailVerification verification,
            SignInDelays delays,
            Audit audit,
            Clock clock) {
        this.database = database;
        this.revocation = revocation;
        this.verification = verification;
        this.delays = delays;
        this.audit = audit;
        this.clock = clock;
        this.admins = new Admins(clock);
    }

    /** At most {@code limit} people, newest first, with ids below {@code beforeId}. */
    public List<ManagedUser> list(UserFilter filter, long beforeId, int limit) {
        return database.read(sql -> dao.list(sql, filter, beforeId, limit).stream()
                .map(user -> managed(sql, user))
                .toList());
    }

    /** The person of that id. @throws Problem 404, also for one who was removed */
    public ManagedUser one(long id) {
        return database.read(sql -> managed(sql, find(sql, id)));
    }

    private User find(Sql sql, long id) {
        return users.find(sql, id).orElseThrow(Admins::noSuchUser);
    }

    private ManagedUser managed(Sql sql, User user) {
        return new ManagedUser(user, delays.delayedUntil(sql, user.id()).orElse(null));
    }

    /** Lets a person in again; credentials that the deactivation ended stay dead. @throws Problem 404 */
    public ManagedUser activate(Actor actor, long id) {
        return change(actor, id, UserChange.active(true), null);
    }

    /**
     * Locks a person out: all their credentials are dead before this returns.
     *
     * @throws Problem 404, 409 {@code self} for oneself, 409 {@code last_admin} for the last admin to rely on
     */
    public ManagedUser deactivate(Actor actor, long id) {
        return change(actor, id, UserChange.active(false), null);
    }

    /**
     * Changes a person, and ends what the change takes the ground from: with deactivation or the end of membership
     * every credential, with another role the access tokens and what join codes opened, with another address the links that were sent to the old.
     *
     * @param site our own address, for the link in a mail to a new address
     * @throws Problem 404, 409 {@code self}, {@code last_admin} or {@code email_taken}, 422 {@code invalid_fields}
     */
    public ManagedUser change(Actor actor, long id, UserChange wanted, String site) {
        UserChange change = wanted.checked();
        ManagedUser changed = database.write(sql -> {
            User before = find(sql, id);
            UserSettings old = UserSettings.of(before);
            UserSettings next = old.with(change, before.username());
            if (!next.equals(old)) {
                apply(sql, actor, before, next, site);
            }
            admins.requireStill(sql, actor);
            return managed(sql, find(sql, id));
        });
        revocation.done(id);
        return changed;
    }

    private void apply(Sql sql, Actor actor, User before, UserSettings next, String site) {
        UserSettings old = UserSettings.of(before);
        if (!next.sameEmail(old)) {
            requireEmailMayChange(sql, actor, before, next.email());
        }
        boolean verified = before.emailVerified() && next.sameEmail(old);
        if (!dao.update(sql, before.id(), next, verified, actor.userId())) {
            throw refused(actor, before.id());
        }
        endCredentials(sql, before.id(), old, next);
        if (!next.sameEmail(old)) {
            verification.addressIsNew(sql, find(sql, before.id()), site);
        }
        Target target = new Target("user", before.id());
        if (old.active() != next.active()) {
            audit.record(sql, actor, next.active() ? "user.activate" : "user.deactivate", target, null);
        }
        old.difference(next).ifPresent(detail -> audit.record(sql, actor, "user.update", target, detail));
    }

    private void requireEmailMayChange(Sql sql, Actor actor, User user, String email) {
        Admins.requireOther(
                actor, user.id(), "Change your own e-mail address in your profile, which asks for your password.");
        boolean otherCaseOnly = Objects.equals(Usernames.emailKey(email), Usernames.emailKey(user.email()));
        if (!otherCaseOnly) {
            names.requireFreeEmail(sql, email);
        }
    }

    private void endCredentials(Sql sql, long id, UserSettings old, UserSettings next) {
        Instant now = clock.instant();
        boolean membershipOver = !next.sameEnd(old) && (old.endedAt(now) || next.endedAt(now)); // nothing revives
        if (old.active() && !next.active() || membershipOver) {
            revocation.endEverything(sql, id);
        } else if (old.role() != next.role()) {
            revocation.endForRole(sql, id);
        }
    }

    /**
     * Removes a person for good: what they uploaded stays and names a "former member".
     *
     * @throws Problem 404, 409 {@code self}, 409 {@code last_admin}
     */
    public void remove(Actor actor, long id) {
        database.run(sql -> {
            User user = find(sql, id);
            String username = FormerMemberDao.username(id);
            if (!dao.remove(sql, id, username, FormerMemberDao.DISPLAY_NAME, actor.userId(), clock.instant())) {
                throw refused(actor, id);
            }
            revocation.endEverything(sql, id);
            delays.clear(sql, id);
            formerMembers.erase(sql, user);
            audit.record(sql, actor, "user.delete", new Target("user", id), null);
            admins.requireStill(sql, actor);
        });
        revocation.done(id);
    }

    private static Problem refused(Actor actor, long id) {
        return Objects.equals(actor.userId(), id)
                ? Problem.conflict("self", "Nobody locks, removes, demotes or limits themselves. Ask another admin.")
                : Problem.conflict(
                        "last_admin",
                        "This is the last admin whose account does not end. Make somebody else one first.");
    }
}
