package dev.latchkey.account;

import dev.latchkey.config.Config.Registration;
import dev.latchkey.crypto.Passwords;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.db.Database;
import dev.latchkey.db.Sql;
import dev.latchkey.error.Problem;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * What everybody passes who joins without an admin making the account: whether that is allowed at all, the invite,
 * the names and the password. Whoever is refused leaves everything as it was.
 */
public final class Entrance {
    private final InviteDao invites = new InviteDao();
    private final Names names = new Names();
    private final ReentrantLock turn = new ReentrantLock();
    private final Registration registration;
    private final Instance instance;
    private final Database database;
    private final PasswordPolicy policy;
    private final Passwords passwords;
    private final Clock clock;

    public Entrance(
            Registration registration,
            Instance instance,
            Database database,
            PasswordPolicy policy,
            Passwords passwords,
            Clock clock) {
        this.registration = registration;
        this.instance = instance;
        this.database = database;
        this.policy = policy;
        this.passwords = passwords;
        this.clock = clock;
    }

    /** Whether somebody may come without an invite. */
    boolean isOpen() {
        return registration == Registration.OPEN;
    }

    /** @throws Problem 403 {@code setup_required} before there is an admin, {@code registration_closed} */
    void requireNotClosed() {
        instance.requireShared();
        if (registration == Registration.CLOSED) {
            throw closed("Nobody can join by themselves here. Ask somebody who runs this library for an account.");
        }
    }

    static Problem closed(String detail) {
        return Problem.forbidden("registration_closed", detail);
    }

    /**
     * Hashes the password and runs {@code join} with it in one transaction. People take turns: the losers of a race
     * for a name or an invite are told so by {@code check}, without having their passwords hashed.
     *
     * @param check the cheap questions, asked before and again in turn; {@code join} has to ask them once more
     * @throws Problem whatever {@code check} throws, 422 {@code password_refused}, 503 {@code busy}
     */
    <T> T pass(PersonForm person, Consumer<Sql> check, BiFunction<Sql, String, T> join) {
        ask(check);
        policy.require(person.password(), person.username(), person.email());
        turn.lock();
        try {
            ask(check); // somebody may have been first meanwhile
            String hash = passwords.hash(person.password());
            return database.write(sql -> join.apply(sql, hash));
        } finally {
            turn.unlock();
        }
    }

    private void ask(Consumer<Sql> check) {
        database.read(sql -> {
            check.accept(sql);
            return null;
        });
    }

    /** @throws Problem 409 {@code username_taken} or {@code email_taken} */
    void requireFree(Sql sql, PersonForm person) {
        names.requireFreeUsername(sql, person.username());
        names.requireFreeEmail(sql, person.email());
    }

    /** What an invite still offers to this person. @throws Problem 400 {@code invite_invalid}, {@code invite_email_mismatch} */
    InviteDao.Offer offer(Sql sql, String inviteToken, PersonForm person) {
        InviteDao.Offer offer = invites.findOpen(sql, Secrets.hash(inviteToken), clock.instant())
                .orElseThrow(Entrance::inviteInvalid);
        String invited = Usernames.emailKey(offer.email());
        if (invited != null && !Objects.equals(invited, Usernames.emailKey(person.email()))) {
            throw Problem.of(
                    Problem.Kind.BAD_REQUEST,
                    "invite_email_mismatch",
                    "This invite is for another e-mail address. Use the one that it was sent to.");
        }
        return offer;
    }

    /** Uses an invite up. @throws Problem 400 {@code invite_invalid} when somebody was first */
    void use(Sql sql, InviteDao.Offer offer) {
        if (!invites.consume(sql, offer.id(), clock.instant())) {
            throw inviteInvalid();
        }
    }

    private static Problem inviteInvalid() {
        return Problem.of(
                Problem.Kind.BAD_REQUEST,
                "invite_invalid",
                "This invite does not work: it may be used, expired or mistyped. Ask for a new one.");
    }
}
