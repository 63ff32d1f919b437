package dev.latchkey.account;

import dev.latchkey.audit.Actor;
import dev.latchkey.audit.Audit;
import dev.latchkey.audit.Target;
import dev.latchkey.crypto.Passwords;
import dev.latchkey.db.Database;
import dev.latchkey.db.Sql;
import dev.latchkey.error.Fields;
import dev.latchkey.error.Problem;
import java.time.Clock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Makes the first admin, once, and so turns the library from local to shared. */
public final class Setup {
    private final UserDao users = new UserDao();
    private final ReentrantLock turn = new ReentrantLock();
    private final Database database;
    private final Audit audit;
    private final Instance instance;
    private final SetupCode code;
    private final EmailVerification verification;
    private final PasswordPolicy policy;
    private final Passwords passwords;
    private final Clock clock;

    public Setup(
            Database database,
            Audit audit,
            Instance instance,
            SetupCode code,
            EmailVerification verification,
            PasswordPolicy policy,
            Passwords passwords,
            Clock clock) {
        this.database = database;
        this.audit = audit;
        this.instance = instance;
        this.code = code;
        this.verification = verification;
        this.policy = policy;
        this.passwords = passwords;
        this.clock = clock;
    }

    /**
     * Makes the admin and, in the same transaction, whatever {@code then} adds, such as a session.
     *
     * @param site our own address, for the link in a mail to the admin's
     * @throws Problem 409 {@code already_set_up}, 403 {@code setup_code_required}, or 422 for the fields
     */
    public <T> T run(Actor where, SetupForm form, String site, BiFunction<Sql, User, T> then) {
        requireOpen(form);
        Fields fields = new Fields();
        PersonForm person = PersonRules.read(fields, form.person());
        fields.throwIfAny();
        policy.require(person.password(), person.username(), person.email());
        T result = inTurn(() -> {
            requireOpen(form); // somebody may have been first while this one waited
            String hash = passwords.hash(person.password());
            return database.write(sql -> create(sql, where, person, hash, site, then));
        });
        code.discard();
        return result;
    }

    private void requireOpen(SetupForm form) {
        if (instance.isShared()) {
            throw alreadySetUp();
        }
        if (!form.onThisMachine() && !code.matches(form.setupCode())) {
            throw Problem.forbidden(
                    "setup_code_required",
                    "Enter the setup code that the server printed at start. It is also in the file setup-code of its data folder.");
        }
    }

    /**
     * One at a time: the losers of a race are told so without waiting for their passwords to be hashed, and a failed
     * attempt, which takes the mode back, cannot do so behind one that succeeds.
     */
    private <T> T inTurn(Supplier<T> attempt) {
        turn.lock();
        boolean done = false;
        try {
            T result = attempt.get();
            done = true;
            return result;
        } finally {
            try {
                if (!done) {
                    instance.reload();
                }
            } finally {
                turn.unlock();
            }
        }
    }

    private <T> T create(
            Sql sql, Actor where, PersonForm person, String hash, String site, BiFunction<Sql, User, T> then) {
        long id =
                users.insertFirstAdmin(sql, person, hash, true, clock.instant()).orElseThrow(Setup::alreadySetUp);
        Actor admin = new Actor(id, where.ip(), where.userAgent());
        audit.record(sql, admin, "instance.setup", new Target("user", id), null);
        User user = users.find(sql, id).orElseThrow();
        verification.addressIsNew(sql, user, site);
        T result = then.apply(sql, user);
        instance.share();
        return result;
    }

    private static Problem alreadySetUp() {
        return Problem.conflict("already_set_up", "This library has been set up already. Sign in instead.");
    }
}
