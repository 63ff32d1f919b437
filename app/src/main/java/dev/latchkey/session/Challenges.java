package dev.latchkey.session;

import dev.latchkey.account.SecondFactors;
import dev.latchkey.account.SignInDelays;
import dev.latchkey.account.User;
import dev.latchkey.audit.Actor;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.db.Database;
import dev.latchkey.db.Sql;
import dev.latchkey.error.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * Sign-ins whose password was right and whose second factor is still to come. A challenge lives five minutes and five
 * wrong codes, opens nothing but this, and ends with everything else that the person signed in with.
 */
public final class Challenges {
    private static final Duration LIFE = Duration.ofMinutes(5);
    private static final Duration KEPT = Duration.ofDays(1);

    /** Opens what the sign-in was for. */
    interface Opening<T> {
        T open(Sql sql, User user, String deviceName);
    }

    private final ChallengeDao dao = new ChallengeDao();
    private final Database database;
    private final Proofs proofs;
    private final SecondFactors factors;
    private final Secrets secrets;
    private final Clock clock;

    public Challenges(Database database, Proofs proofs, SecondFactors factors, Secrets secrets, Clock clock) {
        this.database = database;
        this.proofs = proofs;
        this.factors = factors;
        this.secrets = secrets;
        this.clock = clock;
    }

    /** A new challenge for a person whose password was right. @throws Problem 401 when it does not count any more */
    String start(Proven proven, String deviceName) {
        String token = secrets.token(Secrets.Prefix.ONE_TIME_LINK);
        Instant now = clock.instant();
        return database.write(sql -> {
            User user = proofs.recheck(sql, proven);
            dao.insert(sql, user.id(), Secrets.hash(token), user.credentialEpoch(), deviceName, now, now.plus(LIFE));
            return token;
        });
    }

    /**
     * The second step: checks a code, uses it and the challenge up, notes the sign-in and opens what the caller wants
     * to be opened, in one transaction.
     *
     * @throws Problem 401 {@code challenge_invalid} for one that is unknown, used, expired or out of tries; 401
     *     {@code invalid_code}; 429 {@code rate_limited} while the account has to wait; 503 {@code busy}
     */
    <T> T answer(Actor where, String token, String code, Opening<T> opening) {
        String hash = Secrets.hash(token);
        ChallengeDao.Live challenge =
                database.read(sql -> dao.find(sql, hash, clock.instant())).orElseThrow(() -> unknown(where));
        try (SignInDelays.Turn turn = proofs.enter(where, challenge.userId())) {
            proofs.expectCode(where, challenge.userId(), turn);
            Supplier<T> outcome = database.write(sql -> answer(sql, where, hash, code, turn, opening));
            proofs.done(challenge.userId());
            return outcome.get();
        }
    }

    private <T> Supplier<T> answer(
            Sql sql, Actor where, String hash, String code, SignInDelays.Turn turn, Opening<T> opening) {
        ChallengeDao.Live live = dao.find(sql, hash, clock.instant()).orElseThrow(Challenges::invalid);
        if (!factors.verify(sql, live.userId(), code)) {
            dao.countFailure(sql, live.id());
            proofs.wrongCode(sql, where, live.userId(), turn);
            return Proofs.refusal(Proofs.invalidCode());
        }
        if (!dao.use(sql, live.id(), clock.instant())) {
            throw invalid();
        }
        T opened =
                proofs.welcome(sql, where, live.userId(), (same, user) -> opening.open(same, user, live.deviceName()));
        return () -> opened;
    }

    private Problem unknown(Actor where) {
        proofs.unknownChallenge(where);
        return invalid();
    }

    private static Problem invalid() {
        return Problem.unauthenticated(
                "challenge_invalid", "This sign-in took too long or was used already. Enter your password again.");
    }

    /** Forgets at most {@code limit} challenges that expired a day ago, and says how many. */
    public int sweepExpired(int limit) {
        return database.write(sql -> dao.deleteExpired(sql, clock.instant().minus(KEPT), limit));
    }
}
