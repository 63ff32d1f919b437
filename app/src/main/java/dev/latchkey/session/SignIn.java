package dev.latchkey.session;

import dev.latchkey.account.Instance;
import dev.latchkey.account.JoinForm;
import dev.latchkey.account.Registration;
import dev.latchkey.account.Setup;
import dev.latchkey.account.SetupForm;
import dev.latchkey.account.User;
import dev.latchkey.audit.Actor;
import dev.latchkey.audit.Audit;
import dev.latchkey.audit.Target;
import dev.latchkey.db.Sql;
import dev.latchkey.error.Fields;
import dev.latchkey.error.Problem;
import dev.latchkey.session.SignInStep.CodeNeeded;
import java.util.Optional;

/** Opens sessions for people who prove who they are. */
public final class SignIn {
    private static final int MAX_DEVICE_NAME = 100;

    private final Audit audit;
    private final Instance instance;
    private final Setup setup;
    private final Registration registration;
    private final Proofs proofs;
    private final Challenges challenges;
    private final Sessions sessions;

    public SignIn(
            Audit audit,
            Instance instance,
            Setup setup,
            Registration registration,
            Proofs proofs,
            Challenges challenges,
            Sessions sessions) {
        this.audit = audit;
        this.instance = instance;
        this.setup = setup;
        this.registration = registration;
        this.proofs = proofs;
        this.challenges = challenges;
        this.sessions = sessions;
    }

    /** Makes the first admin and signs them in, all or nothing. @throws Problem as {@link Setup#run} */
    public SignedIn setUp(Actor where, SetupForm form, String site) {
        return setup.run(where, form, site, (sql, user) -> signIn(sql, user, where, null));
    }

    /** Makes an account for whoever asks and signs them in, all or nothing. @throws Problem as {@link Registration#run} */
    public SignedIn register(Actor where, JoinForm form, String site) {
        return registration.run(where, form, site, (sql, user) -> signIn(sql, user, where, null));
    }

    /**
     * Signs somebody in by password, or half-way when their second factor is on.
     *
     * @throws Problem 401 {@code invalid_credentials}; 403 {@code join_pending} for the right password of somebody
     *     who still waits to be let in; 429 {@code rate_limited} while the account has to wait; 503 {@code busy} when
     *     too many sign in at once
     */
    public SignInStep logIn(Actor where, Attempt attempt) {
        instance.requireShared();
        String deviceName = deviceName(attempt);
        try (Proven proven = proofs.password(where, attempt.name(), attempt.password())) {
            Optional<SignInStep> done =
                    proofs.complete(where, proven, null, (sql, user) -> open(sql, user, where, deviceName));
            return done.orElseGet(() -> new CodeNeeded(challenges.start(proven, deviceName)));
        }
    }

    /**
     * Finishes a sign-in with a code of the second factor.
     *
     * @throws Problem 401 {@code challenge_invalid} or {@code invalid_code}; 429 {@code rate_limited} while the account
     *     has to wait; 503 {@code busy}
     */
    public SignedIn answer(Actor where, String challenge, String code) {
        instance.requireShared();
        new Fields().required("challenge", challenge).required("code", code).throwIfAny();
        return challenges.answer(where, challenge, code, (sql, user, deviceName) -> open(sql, user, where, deviceName));
    }

    static String deviceName(Attempt attempt) {
        Fields fields = new Fields().required("username", attempt.name()).required("password", attempt.password());
        String deviceName = fields.line("device_name", attempt.deviceName(), MAX_DEVICE_NAME);
        fields.throwIfAny();
        return deviceName;
    }

    /** Signs in somebody who has just got an account, in the transaction that makes it. */
    private SignedIn signIn(Sql sql, User user, Actor where, String deviceName) {
        return proofs.welcome(sql, where, user.id(), (same, person) -> open(same, person, where, deviceName));
    }

    private SignedIn open(Sql sql, User user, Actor where, String deviceName) {
        Actor owner = new Actor(user.id(), where.ip(), where.userAgent());
        StartedSession session = sessions.start(sql, user, owner, deviceName);
        audit.record(sql, owner, "session.login", new Target("session", session.id()), null);
        return new SignedIn(user, session.token(), session.expiresAt());
    }
}
