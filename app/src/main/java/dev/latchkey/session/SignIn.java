package dev.latchkey.session;

import dev.latchkey.account.Instance;
import dev.latchkey.account.JoinForm;
import dev.latchkey.account.Login;
import dev.latchkey.account.Logins;
import dev.latchkey.account.Registration;
import dev.latchkey.account.Setup;
import dev.latchkey.account.SetupForm;
import dev.latchkey.account.User;
import dev.latchkey.audit.Actor;
import dev.latchkey.audit.Audit;
import dev.latchkey.audit.Target;
import dev.latchkey.crypto.Passwords;
import dev.latchkey.db.Database;
import dev.latchkey.db.Sql;
import dev.latchkey.error.Fields;
import dev.latchkey.error.Problem;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens sessions for people who prove who they are. A wrong password, an unknown name, a locked account and one
 * without a password get the same answer after the same work.
 */
public final class SignIn {
    private static final Logger LOG = LoggerFactory.getLogger(SignIn.class);
    private static final int MAX_DEVICE_NAME = 100;

    private final Database database;
    private final Audit audit;
    private final Instance instance;
    private final Setup setup;
    private final Registration registration;
    private final Logins logins;
    private final Passwords passwords;
    private final Sessions sessions;
    private final Clock clock;

    public SignIn(
            Database database,
            Audit audit,
            Instance instance,
            Setup setup,
            Registration registration,
            Logins logins,
            Passwords passwords,
            Sessions sessions,
            Clock clock) {
        this.database = database;
        this.audit = audit;
        this.instance = instance;
        this.setup = setup;
        this.registration = registration;
        this.logins = logins;
        this.passwords = passwords;
        this.sessions = sessions;
        this.clock = clock;
    }

    /** Makes the first admin and signs them in, all or nothing. @throws Problem as {@link Setup#run} */
    public SignedIn setUp(Actor where, SetupForm form) {
        return setup.run(where, form, (sql, user) -> open(sql, user, where, null));
    }

    /** Makes an account for whoever asks and signs them in, all or nothing. @throws Problem as {@link Registration#run} */
    public SignedIn register(Actor where, JoinForm form) {
        return registration.run(where, form, (sql, user) -> open(sql, user, where, null));
    }

    /**
     * Signs somebody in by password.
     *
     * @throws Problem 401 {@code invalid_credentials}; 403 {@code join_pending} for the right password of somebody
     *     who still waits to be let in; 503 {@code busy} when too many sign in at once
     */
    public SignedIn logIn(Actor where, Attempt attempt) {
        instance.requireShared();
        String deviceName = deviceName(attempt);
        Login login = logins.find(attempt.name());
        boolean right = passwords.matches(attempt.password(), login.passwordHash());
        if (right && login.userId() != null) {
            return admit(where, login, attempt.password(), deviceName).orElseThrow(() -> refused(where, login));
        }
        throw right ? pending(where, login) : refused(where, login);
    }

    private static String deviceName(Attempt attempt) {
        Fields fields = new Fields().required("username", attempt.name()).required("password", attempt.password());
        String deviceName = fields.line("device_name", attempt.deviceName(), MAX_DEVICE_NAME);
        fields.throwIfAny();
        return deviceName;
    }

    private Optional<SignedIn> admit(Actor where, Login login, String password, String deviceName) {
        boolean outdated = passwords.isOutdated(login.passwordHash());
        String hash = outdated ? passwords.hash(password) : login.passwordHash();
        Optional<SignedIn> signedIn = database.write(
                sql -> logins.note(sql, login, hash, clock.instant()).map(user -> open(sql, user, where, deviceName)));
        signedIn.ifPresent(person -> logins.changed(person.user().id()));
        return signedIn;
    }

    private SignedIn open(Sql sql, User user, Actor where, String deviceName) {
        Actor owner = new Actor(user.id(), where.ip(), where.userAgent());
        StartedSession session = sessions.start(sql, user, owner, deviceName);
        audit.record(sql, owner, "session.login", new Target("session", session.id()), null);
        return new SignedIn(user, session.token(), session.expiresAt());
    }

    private Problem refused(Actor where, Login login) {
        fail(where, login, "wrong name or password, or a locked account");
        return Problem.unauthenticated("invalid_credentials", "The name or the password is not right.");
    }

    private Problem pending(Actor where, Login login) {
        fail(where, login, "request to join is pending");
        return Problem.forbidden("join_pending", "Your request to join has not been approved yet.");
    }

    private void fail(Actor where, Login login, String reason) {
        LOG.warn("sign-in failed from {}: {}", where.ip(), reason);
        database.run(sql -> audit.recordRepeatable(sql, where, "session.login_failed", target(login), reason));
    }

    private static Target target(Login login) {
        if (login.userId() != null) {
            return new Target("user", login.userId());
        }
        return login.joinRequestId() == null ? null : new Target("join_request", login.joinRequestId());
    }
}
