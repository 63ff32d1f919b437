package dev.latchkey.account;

import dev.latchkey.account.OneTimeLink.Purpose;
import dev.latchkey.audit.Actor;
import dev.latchkey.audit.Audit;
import dev.latchkey.audit.Target;
import dev.latchkey.crypto.Passwords;
import dev.latchkey.db.Database;
import dev.latchkey.db.Sql;
import dev.latchkey.error.Fields;
import dev.latchkey.error.Problem;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What people do with a link that lets them choose a password. */
public final class PasswordResets {
    private static final Logger LOG = LoggerFactory.getLogger(PasswordResets.class);

    private final UserDao users = new UserDao();
    private final Database database;
    private final Instance instance;
    private final OneTimeLinks links;
    private final PasswordPolicy policy;
    private final Passwords passwords;
    private final NewPassword newPassword;
    private final SecondFactors factors;
    private final SignInDelays delays;
    private final Revocation revocation;
    private final Audit audit;

    public PasswordResets(
            Database database,
            Instance instance,
            OneTimeLinks links,
            PasswordPolicy policy,
            Passwords passwords,
            NewPassword newPassword,
            SecondFactors factors,
            SignInDelays delays,
            Revocation revocation,
            Audit audit) {
        this.database = database;
        this.instance = instance;
        this.links = links;
        this.policy = policy;
        this.passwords = passwords;
        this.newPassword = newPassword;
        this.factors = factors;
        this.delays = delays;
        this.revocation = revocation;
        this.audit = audit;
    }

    /**
     * What a link is worth.
     *
     * @param email the address of whom it belongs to, masked; null when they have none, or the link does not work
     */
    public record Worth(boolean valid, String email) {}

    /** Looks at a link without using it up; unknown, used and expired ones look alike. */
    public Worth look(String token) {
        instance.requireShared();
        new Fields().required("token", token).throwIfAny();
        return owner(token)
                .map(user -> new Worth(true, EmailMask.of(user.email())))
                .orElse(new Worth(false, null));
    }

    private Optional<User> owner(String token) {
        return database.read(
                sql -> links.find(sql, Purpose.RESET, token).flatMap(link -> users.find(sql, link.userId())));
    }

    /**
     * Sets the password of whom the link belongs to, once, and ends all their sign-ins. A password or code that is
     * refused leaves the link as it was, but for the fifth wrong code.
     *
     * @throws Problem 400 {@code token_invalid}, 422 {@code password_refused}, 403 {@code code_required} or
     *     {@code wrong_code} where a second factor is on, 429 while the account has to wait after wrong codes
     */
    public void reset(Actor where, ResetForm form) {
        instance.requireShared();
        new Fields()
                .required("token", form.token())
                .required("new_password", form.newPassword())
                .throwIfAny();
        User user = owner(form.token()).orElse(null);
        if (user == null) {
            passwords.matches(form.newPassword(), null); // an unknown link costs one hash too
            throw OneTimeLinks.invalid();
        }
        policy.require(form.newPassword(), user.username(), user.email());
        Actor person = new Actor(user.id(), where.ip(), where.userAgent());
        if (user.secondFactor()) {
            resetWithCode(person, form);
        } else {
            String hash = passwords.hash(form.newPassword());
            database.run(sql -> reset(sql, person, find(sql, form), hash, false));
        }
        revocation.done(user.id());
    }

    private void resetWithCode(Actor person, ResetForm form) {
        if (form.code() == null || form.code().isBlank()) {
            throw codeRequired();
        }
        try (SignInDelays.Turn turn = delays.enter(person, person.userId())) {
            String hash = passwords.hash(form.newPassword());
            boolean right = database.write(sql -> {
                OneTimeLink link = find(sql, form);
                if (!factors.verify(sql, link.userId(), form.code())) {
                    countFailure(sql, person, link, turn);
                    return false;
                }
                reset(sql, person, link, hash, true);
                return true;
            });
            if (!right) {
                throw Problem.forbidden("wrong_code", "This code is not right, or has been used already.");
            }
        }
    }

    private void countFailure(Sql sql, Actor person, OneTimeLink link, SignInDelays.Turn turn) {
        LOG.warn("sign-in failed from {}: wrong code with a reset link", person.ip());
        links.countFailure(sql, link);
        turn.failed(sql);
        audit.recordRepeatable(sql, person, "password.reset_failed", new Target("user", link.userId()), "wrong code");
    }

    private OneTimeLink find(Sql sql, ResetForm form) {
        return links.find(sql, Purpose.RESET, form.token()).orElseThrow(OneTimeLinks::invalid);
    }

    private void reset(Sql sql, Actor person, OneTimeLink link, String hash, boolean withCode) {
        User user = users.find(sql, link.userId()).orElseThrow(OneTimeLinks::invalid);
        if (user.secondFactor() && !withCode) {
            throw codeRequired(); // it was turned on while the password was hashed
        }
        if (!links.consume(sql, link)) {
            throw OneTimeLinks.invalid();
        }
        User reader = verified(sql, person, user, link);
        newPassword.store(sql, person, reader, hash, "password.reset", "Your password was set by a link.");
        delays.clear(sql, user.id());
    }

    /** Whoever has a link that went by mail alone reads the mail of that address. */
    private User verified(Sql sql, Actor person, User user, OneTimeLink link) {
        boolean news = !user.emailVerified() && link.emailKey() != null;
        if (!news || !users.verifyEmail(sql, user.id(), link.emailKey())) {
            return user;
        }
        audit.record(sql, person, "email.verify", new Target("user", user.id()), "by a link that sets the password");
        return users.find(sql, user.id()).orElseThrow();
    }

    private static Problem codeRequired() {
        return Problem.forbidden(
                "code_required", "Enter the code of your authenticator app, or one of your backup codes.");
    }
}
