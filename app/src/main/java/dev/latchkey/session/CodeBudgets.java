package dev.latchkey.session;

import dev.latchkey.account.KnownAddresses;
import dev.latchkey.audit.Actor;
import dev.latchkey.audit.Audit;
import dev.latchkey.db.Database;
import dev.latchkey.db.Sql;
import dev.latchkey.error.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many wrong codes may be typed: 5 a minute and 20 an hour from one address (an IPv6 address counts as its /64), and
 * 100 an hour from all of them, so that six letters withstand guessing. All of it is in the database, and survives a
 * restart.
 */
public final class CodeBudgets {
    private static final Logger LOG = LoggerFactory.getLogger(CodeBudgets.class);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int PER_MINUTE = 5;
    private static final int PER_HOUR = 20;
    private static final int OF_ALL = 100;

    private final CodeFailureDao dao = new CodeFailureDao();
    private final Database database;
    private final Audit audit;
    private final double factor;
    private final Clock clock;

    /** @param factor multiplies every budget; 0 turns them off */
    public CodeBudgets(Database database, Audit audit, double factor, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.factor = factor;
        this.clock = clock;
    }

    /** How long somebody has to wait before one more code is compared; empty for not at all. */
    Optional<Duration> delay(Sql sql, Actor where) {
        if (factor == 0) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        String network = KnownAddresses.network(where.ip());
        return Stream.of(
                        wait(nth(sql, network, PER_MINUTE, MINUTE, now), MINUTE, now),
                        wait(nth(sql, network, PER_HOUR, HOUR, now), HOUR, now),
                        wait(ofAll(sql, now), HOUR, now))
                .flatMap(Optional::stream)
                .max(Duration::compareTo);
    }

    private Optional<Instant> nth(Sql sql, String network, int budget, Duration window, Instant now) {
        return dao.nth(sql, network, allowed(budget), now.minus(window), now.plus(window));
    }

    private Optional<Instant> ofAll(Sql sql, Instant now) {
        return dao.nth(sql, allowed(OF_ALL), now.minus(HOUR), now.plus(HOUR));
    }

    private long allowed(int budget) {
        return Math.max(1, Math.round(budget * factor));
    }

    /** Until the failure that fills a budget is forgotten; by a clock that was set back never longer than the window. */
    private static Optional<Duration> wait(Optional<Instant> filling, Duration window, Instant now) {
        return filling.map(at -> Duration.between(now, at.plus(window)).plusSeconds(1))
                .map(wait -> wait.compareTo(window) < 0 ? wait : window);
    }

    static Problem tooMany(Actor where, Duration delay) {
        Failures.log(where, "too many wrong join codes");
        return Problem.rateLimited(delay);
    }

    /** Counts a wrong code in the transaction that compared it. */
    void failed(Sql sql, Actor where) {
        Failures.log(where, "wrong join code");
        audit.recordRepeatable(sql, where, "join_code.failed", null, "wrong join code");
        if (factor == 0) {
            return;
        }
        Instant now = clock.instant();
        dao.insert(sql, KnownAddresses.network(where.ip()), now);
        if (ofAll(sql, now).isPresent()) {
            LOG.warn("join codes cannot be typed for a while: {} wrong ones came within an hour", allowed(OF_ALL));
            audit.recordRepeatable(
                    sql,
                    new Actor(null, null, null),
                    "join_code.budget_spent",
                    null,
                    "too many wrong codes from all addresses; links still work");
        }
    }

    /** Forgets at most {@code limit} wrong codes of an hour ago, and says how many. */
    public int sweep(int limit) {
        Instant old = clock.instant().minus(HOUR);
        return database.write(sql -> dao.deleteOld(sql, old, limit));
    }
}
