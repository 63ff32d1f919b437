package dev.latchkey.account;

import dev.latchkey.audit.Actor;
import dev.latchkey.audit.Audit;
import dev.latchkey.audit.Target;
import dev.latchkey.db.Database;
import dev.latchkey.db.Sql;
import dev.latchkey.error.Fields;
import dev.latchkey.error.Problem;
import dev.latchkey.mail.Mail;
import dev.latchkey.mail.Outbox;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Turns second factors on and off. */
public final class SecondFactorSettings {
    private final UserDao users = new UserDao();
    private final Admins admins;
    private final Database database;
    private final Audit audit;
    private final Outbox outbox;
    private final SignInDelays delays;
    private final SecondFactors factors;
    private final CurrentPassword password;
    private final Revocation revocation;

    public SecondFactorSettings(
            Database database,
            Audit audit,
            Outbox outbox,
            SignInDelays delays,
            SecondFactors factors,
            CurrentPassword password,
            Revocation revocation,
            Clock clock) {
        this.database = database;
        this.audit = audit;
        this.outbox = outbox;
        this.delays = delays;
        this.factors = factors;
        this.password = password;
        this.revocation = revocation;
        this.admins = new Admins(clock);
    }

    /**
     * Makes a secret for the actor's app. It changes nothing before {@link #confirm}, and a later one replaces it.
     *
     * @throws Problem 409 {@code second_factor_on}, or as {@link CurrentPassword#require}
     */
    public Enrolment enroll(Actor actor, String currentPassword) {
        new Fields().required("current_password", currentPassword).throwIfAny();
        database.read(sql -> person(sql, actor, false));
        String confirmed = password.require(actor, currentPassword);
        return database.write(sql -> {
            password.requireSame(sql, actor.userId(), confirmed);
            return factors.enroll(sql, person(sql, actor, false));
        });
    }

    /**
     * Switches the actor's second factor on, now that their app has the secret.
     *
     * @return ten backup codes, which are shown this once
     * @throws Problem 403 {@code wrong_code}, 409 {@code second_factor_on}, 409 {@code second_factor_off} before
     *     {@link #enroll}
     */
    public List<String> confirm(Actor actor, String code) {
        new Fields().required("code", code).throwIfAny();
        List<String> codes = database.write(sql -> {
            User user = person(sql, actor, false);
            List<String> made = factors.confirm(sql, user.id(), code);
            revocation.endChallenges(sql, user.id());
            tell(sql, user, "Two-step sign-in was switched on for your account.");
            audit.record(sql, actor, "second_factor.enable", target(user.id()), null);
            return made;
        });
        revocation.done(actor.userId());
        return codes;
    }

    /**
     * Switches the actor's second factor off.
     *
     * @throws Problem 403 {@code wrong_code}, 409 {@code second_factor_off}, or as {@link CurrentPassword#require}
     */
    public void disable(Actor actor, String currentPassword, String code) {
        authenticated(actor, currentPassword, code, (sql, user) -> {
            factors.remove(sql, user.id());
            revocation.endChallenges(sql, user.id());
            tell(sql, user, "Two-step sign-in was switched off for your account.");
            audit.record(sql, actor, "second_factor.disable", target(user.id()), null);
            return Boolean.TRUE;
        });
    }

    /** Makes ten new backup codes, which are shown this once; the old ones are void. @throws Problem as {@link #disable} */
    public List<String> regenerate(Actor actor, String currentPassword, String code) {
        return authenticated(actor, currentPassword, code, (sql, user) -> {
            audit.record(sql, actor, "second_factor.regenerate", target(user.id()), null);
            return factors.newBackupCodes(sql, user.id());
        });
    }

    /**
     * Takes the second factor away from somebody who lost it, on behalf of an admin; nothing to take is no mistake.
     *
     * @throws Problem 409 {@code self}, 404
     */
    public void reset(Actor actor, long id) {
        Admins.requireOther(actor, id, "Switch off your own second factor in your profile.");
        database.run(sql -> {
            User user = users.find(sql, id).orElseThrow(Admins::noSuchUser);
            if (factors.remove(sql, id)) {
                revocation.endChallenges(sql, id);
                tell(sql, user, "An admin switched off two-step sign-in for your account.");
                audit.record(sql, actor, "user.reset_second_factor", target(id), null);
            }
            admins.requireStill(sql, actor);
        });
        revocation.done(id);
    }

    /** Runs a change after the password and a code were right, in one transaction with the use of that code. */
    private <T> T authenticated(Actor actor, String currentPassword, String code, BiFunction<Sql, User, T> change) {
        new Fields()
                .required("current_password", currentPassword)
                .required("code", code)
                .throwIfAny();
        database.read(sql -> person(sql, actor, true));
        String confirmed = password.require(actor, currentPassword);
        try (SignInDelays.Turn turn = delays.enter(actor, actor.userId())) {
            turn.expectCode(actor, actor.userId());
            Optional<T> result = database.write(sql -> {
                password.requireSame(sql, actor.userId(), confirmed);
                User user = person(sql, actor, true);
                if (!factors.verify(sql, user.id(), code)) {
                    password.failed(
                            sql, actor, turn, "second_factor.confirm_failed", "wrong code of the second factor");
                    return Optional.empty();
                }
                return Optional.of(change.apply(sql, user));
            });
            revocation.done(actor.userId());
            return result.orElseThrow(SecondFactors::wrongCode);
        }
    }

    private User person(Sql sql, Actor actor, boolean on) {
        User user = users.find(sql, actor.userId()).orElseThrow(() -> Problem.notFound("This account is gone."));
        if (user.secondFactor() != on) {
            throw on
                    ? Problem.conflict("second_factor_off", "Two-step sign-in is not on for your account.")
                    : Problem.conflict("second_factor_on", "Two-step sign-in is on already. Switch it off first.");
        }
        return user;
    }

    private void tell(Sql sql, User user, String what) {
        if (user.email() != null) {
            outbox.add(sql, Mail.alert(user.email(), user.nameInMails(), what + " If that was not you, ask an admin."));
        }
    }

    private static Target target(long userId) {
        return new Target("user", userId);
    }
}
