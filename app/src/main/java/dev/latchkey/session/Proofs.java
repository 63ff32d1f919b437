package dev.latchkey.session;

import dev.latchkey.account.KnownAddresses;
import dev.latchkey.account.Login;
import dev.latchkey.account.Logins;
import dev.latchkey.account.SecondFactors;
import dev.latchkey.account.SignInDelays;
import dev.latchkey.account.User;
import dev.latchkey.audit.Actor;
import dev.latchkey.audit.Audit;
import dev.latchkey.audit.Target;
import dev.latchkey.crypto.Passwords;
import dev.latchkey.db.Database;
import dev.latchkey.db.Sql;
import dev.latchkey.error.Problem;
import java.time.Clock;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * The steps by which people prove who they are, shared by all ways to sign in. A wrong password, an unknown name, a
 * locked account and one without a password get the same answer after the same work.
 */
public final class Proofs {
    private final Database database;
    private final Logins logins;
    private final SignInDelays delays;
    private final KnownAddresses addresses;
    private final SecondFactors factors;
    private final Passwords passwords;
    private final Failures failures;
    private final Clock clock;

    public Proofs(
            Database database,
            Audit audit,
            Logins logins,
            SignInDelays delays,
            KnownAddresses addresses,
            SecondFactors factors,
            Passwords passwords,
            Clock clock) {
        this.database = database;
        this.logins = logins;
        this.delays = delays;
        this.addresses = addresses;
        this.factors = factors;
        this.passwords = passwords;
        this.failures = new Failures(database, audit);
        this.clock = clock;
    }

    /**
     * The first step: compares a password, at the price of one hash whoever the name belongs to. Nobody is signed in
     * before {@link #complete}; close the result when that has ended.
     *
     * @param name a username or e-mail address
     * @throws Problem 401 {@code invalid_credentials}; 403 {@code join_pending} for the right password of somebody
     *     who still waits to be let in; 429 {@code rate_limited} while the account has to wait, at no price; 503
     *     {@code busy} when too many sign in at once
     */
    Proven password(Actor where, String name, String password) {
        Login login = logins.find(name);
        SignInDelays.Turn turn = enter(where, login, name);
        Proven proven = null;
        try {
            proven = compare(where, login, password, turn);
            return proven;
        } finally {
            if (proven == null) {
                turn.close();
            }
        }
    }

    private SignInDelays.Turn enter(Actor where, Login login, String name) {
        return logged(where, () -> delays.enter(where, login, name));
    }

    /** Begins an attempt on an account. @throws Problem as {@link SignInDelays#enter(Actor, long)} */
    SignInDelays.Turn enter(Actor where, long userId) {
        return logged(where, () -> delays.enter(where, userId));
    }

    /** Lets the attempt go on to a code. @throws Problem as {@link SignInDelays.Turn#expectCode} */
    void expectCode(Actor where, long userId, SignInDelays.Turn turn) {
        logged(where, () -> {
            turn.expectCode(where, userId);
            return turn;
        });
    }

    private static SignInDelays.Turn logged(Actor where, Supplier<SignInDelays.Turn> entrance) {
        try {
            return entrance.get();
        } catch (Problem e) {
            Failures.log(where, "too many failures or attempts on one account");
            throw e;
        }
    }

    private Proven compare(Actor where, Login login, String password, SignInDelays.Turn turn) {
        if (!passwords.matches(password, login.passwordHash())) {
            throw refused(where, login, turn);
        }
        if (login.userId() == null) {
            failures.note(where, Failures.target(login), "request to join is pending");
            throw Problem.forbidden("join_pending", "Your request to join has not been approved yet.");
        }
        boolean outdated = passwords.isOutdated(login.passwordHash());
        return new Proven(login, outdated ? passwords.hash(password) : login.passwordHash(), turn);
    }

    private Problem refused(Actor where, Login login, SignInDelays.Turn turn) {
        database.run(sql -> refuse(sql, where, login, turn));
        return invalid();
    }

    private void refuse(Sql sql, Actor where, Login login, SignInDelays.Turn turn) {
        failures.count(sql, where, turn, Failures.target(login), "wrong name or password, or a locked account");
    }

    private static Problem invalid() {
        return Problem.unauthenticated("invalid_credentials", "The name or the password is not right.");
    }

    /**
     * The last step, in one transaction: checks the second factor where one is on, notes the sign-in, and opens what
     * the caller wants to be opened.
     *
     * @param code a code of the second factor, or null when none was sent
     * @param open makes the session, or whatever it is, and writes the audit row
     * @return what {@code open} made; empty, and nobody is signed in, when a code is needed and none was sent
     * @throws Problem 401 {@code invalid_credentials} when the account was locked or its password changed while the
     *     password was compared; 401 {@code invalid_code}; 429 {@code rate_limited} after ten wrong codes
     */
    <T> Optional<T> complete(Actor where, Proven proven, String code, BiFunction<Sql, User, T> open) {
        Login login = proven.login();
        if (code != null) {
            expectCode(where, login.userId(), proven.turn());
        }
        Supplier<Optional<T>> outcome = database.write(sql -> {
            Optional<User> person = logins.recheck(sql, login, clock.instant());
            if (person.isEmpty()) {
                refuse(sql, where, login, proven.turn());
                return refusal(invalid());
            }
            if (!proven.hash().equals(login.passwordHash())) {
                logins.rehash(sql, login.userId(), proven.hash());
            }
            return complete(sql, where, person.get(), code, proven.turn(), open);
        });
        logins.changed(login.userId());
        return outcome.get();
    }

    private <T> Supplier<Optional<T>> complete(
            Sql sql, Actor where, User user, String code, SignInDelays.Turn turn, BiFunction<Sql, User, T> open) {
        if (user.secondFactor() && code == null) {
            return Optional::empty;
        }
        if (user.secondFactor() && !factors.verify(sql, user.id(), code)) {
            wrongCode(sql, where, user.id(), turn);
            return refusal(invalidCode());
        }
        T opened = welcome(sql, where, user.id(), open);
        return () -> Optional.of(opened);
    }

    static <T> Supplier<T> refusal(Problem problem) {
        return () -> {
            throw problem;
        };
    }

    /** The person of {@code proven}, in a later transaction. @throws Problem 401 when they may not act any more */
    User recheck(Sql sql, Proven proven) {
        return logins.recheck(sql, proven.login(), clock.instant()).orElseThrow(Proofs::invalid);
    }

    /** Logs and audits a code that came with a challenge which is not there. */
    void unknownChallenge(Actor where) {
        failures.note(where, null, "half-finished sign-in is unknown or over");
    }

    /** Lets the next request see what {@link #welcome} wrote; call it after the commit and before the answer. */
    void done(long userId) {
        logins.changed(userId);
    }

    /** Counts a wrong code of the second factor. */
    void wrongCode(Sql sql, Actor where, long userId, SignInDelays.Turn turn) {
        failures.count(sql, where, turn, new Target("user", userId), "wrong code of the second factor");
    }

    static Problem invalidCode() {
        return Problem.unauthenticated("invalid_code", "This code is not right, or was used before.");
    }

    /** Notes a completed sign-in in its transaction: failures are forgotten, and the address is known from now on. */
    <T> T welcome(Sql sql, Actor where, long userId, BiFunction<Sql, User, T> open) {
        User user = logins.note(sql, userId, clock.instant());
        delays.clear(sql, userId);
        addresses.note(sql, user, where);
        return open.apply(sql, user);
    }
}
