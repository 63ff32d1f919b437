package dev.latchkey.account;

import dev.latchkey.audit.Actor;
import dev.latchkey.audit.Audit;
import dev.latchkey.audit.Target;
import dev.latchkey.db.Database;
import dev.latchkey.db.Sql;
import dev.latchkey.error.Problem;
import java.util.List;
import java.util.Objects;

/** What people change about themselves. */
public final class Profiles {
    private final UserDao users = new UserDao();
    private final Names names = new Names();
    private final Database database;
    private final UserCache cache;
    private final Audit audit;
    private final CurrentPassword password;
    private final EmailVerification verification;

    public Profiles(
            Database database, UserCache cache, Audit audit, CurrentPassword password, EmailVerification verification) {
        this.database = database;
        this.cache = cache;
        this.audit = audit;
        this.password = password;
        this.verification = verification;
    }

    /**
     * Changes the actor's own profile.
     *
     * @param site our own address, for the mail that a new e-mail address may get
     * @throws Problem 403 {@code wrong_password} when the e-mail address changes without the right password, 409
     *     {@code email_taken}, 422 {@code invalid_fields}
     */
    public User change(Actor actor, ProfileChange wanted, String site) {
        ProfileChange change = Profile.checked(wanted);
        String confirmed = change.email() == null ? null : confirmedHash(actor, change);
        User user = database.write(sql -> change(sql, actor, change, confirmed, site));
        cache.remove(user.id());
        return user;
    }

    /** The stored hash that the sent password belongs to; null when another e-mail address is not asked for. */
    private String confirmedHash(Actor actor, ProfileChange change) {
        User user = cache.get(actor.userId()).orElseThrow(Profiles::gone);
        if (Objects.equals(user.email(), change.email().orElse(null))) {
            return null;
        }
        return password.require(actor, change.currentPassword());
    }

    private User change(Sql sql, Actor actor, ProfileChange change, String confirmed, String site) {
        User user = users.find(sql, actor.userId()).orElseThrow(Profiles::gone);
        Profile before = Profile.of(user);
        Profile after = before.with(change, user.username());
        List<String> differences = before.differences(after);
        if (differences.isEmpty()) {
            return user;
        }
        boolean newEmail = differences.contains("email");
        if (newEmail) {
            requireEmailMayChange(sql, user, after.email(), confirmed);
        }
        users.updateProfile(sql, user.id(), after, user.emailVerified() && !newEmail);
        audit.record(
                sql, actor, "user.update", new Target("user", user.id()), "changed " + String.join(", ", differences));
        User changed = users.find(sql, user.id()).orElseThrow();
        if (newEmail) {
            verification.addressIsNew(sql, changed, site);
        }
        return changed;
    }

    /** Hashing took a while: asks again whether the password that was confirmed is still the one that counts. */
    private void requireEmailMayChange(Sql sql, User user, String email, String confirmed) {
        password.requireSame(sql, user.id(), confirmed);
        boolean sameAddress =
                Objects.equals(Usernames.emailKey(email), Usernames.emailKey(user.email())); // other case only
        if (!sameAddress) {
            names.requireFreeEmail(sql, email);
        }
    }

    private static Problem gone() {
        return Problem.notFound("This account does not exist any more.");
    }
}
