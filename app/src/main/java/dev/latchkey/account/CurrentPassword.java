package dev.latchkey.account;

import dev.latchkey.audit.Actor;
import dev.latchkey.audit.Audit;
import dev.latchkey.audit.Target;
import dev.latchkey.crypto.Passwords;
import dev.latchkey.db.Database;
import dev.latchkey.db.Sql;
import dev.latchkey.error.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks somebody who is signed in for their password again. A stolen session is no way to guess it: a wrong one counts
 * against the account as it does at sign-in.
 */
public final class CurrentPassword {
    private static final Logger LOG = LoggerFactory.getLogger(CurrentPassword.class);

    private final UserDao users = new UserDao();
    private final Database database;
    private final Audit audit;
    private final SignInDelays delays;
    private final Passwords passwords;

    public CurrentPassword(Database database, Audit audit, SignInDelays delays, Passwords passwords) {
        this.database = database;
        this.audit = audit;
        this.delays = delays;
        this.passwords = passwords;
    }

    /**
     * Compares {@code typed} with the actor's own password, before the transaction of the change that asks for it.
     *
     * @param typed null is as good as wrong, and costs nothing
     * @return the stored hash, for {@link #requireSame}
     * @throws Problem 403 {@code wrong_password}, 429 {@code rate_limited} while the account has to wait, 503
     *     {@code busy}
     */
    public String require(Actor actor, String typed) {
        if (typed == null) {
            throw wrong();
        }
        try (SignInDelays.Turn turn = delays.enter(actor, actor.userId())) {
            String stored = database.read(sql -> users.passwordHash(sql, actor.userId()))
                    .orElse(null);
            if (!passwords.matches(typed, stored)) {
                database.run(sql -> failed(sql, actor, turn, "password.confirm_failed", "wrong current password"));
                throw wrong();
            }
            return stored;
        }
    }

    /** Hashing took a while: asks in the transaction whether {@code confirmed} still counts. @throws Problem 403 */
    public void requireSame(Sql sql, long userId, String confirmed) {
        if (!users.passwordHash(sql, userId)
                .filter(hash -> hash.equals(confirmed))
                .isPresent()) {
            throw wrong();
        }
    }

    /** Counts, logs and audits a failure of somebody who is signed in. */
    void failed(Sql sql, Actor actor, SignInDelays.Turn turn, String action, String reason) {
        LOG.warn("sign-in failed from {}: {}", actor.ip(), reason);
        turn.failed(sql);
        audit.recordRepeatable(sql, actor, action, new Target("user", actor.userId()), null);
    }

    private static Problem wrong() {
        return Problem.forbidden("wrong_password", "Your current password is not right.");
    }
}
