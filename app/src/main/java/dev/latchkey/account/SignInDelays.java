package dev.latchkey.account;

import dev.latchkey.audit.Actor;
import dev.latchkey.crypto.Hmac;
import dev.latchkey.crypto.Keys;
import dev.latchkey.db.Database;
import dev.latchkey.db.Sql;
import dev.latchkey.error.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Makes guessing slow, account by account and wherever the guesses come from: after ten failures in a row an account
 * has to wait before each further attempt, 15 seconds at first and twice as long each time, up to 15 minutes. Where a
 * person signed in within 30 days nobody has to wait, so that strangers cannot keep the owner out. Names that belong
 * to nobody are treated just the same. All of it is in the database, and survives a restart.
 */
public final class SignInDelays {
    /** Failures in a row that cost nothing. */
    static final int FREE = 10;

    private static final Duration FIRST = Duration.ofSeconds(15);
    private static final Duration LONGEST = Duration.ofMinutes(15);
    /** A streak that nobody added to for this long is forgotten. */
    private static final Duration KEPT = Duration.ofDays(30);

    private static final int NAMES = 10_000;

    private final SignInFailureDao dao = new SignInFailureDao();
    private final Queues queues = new Queues();
    private final Database database;
    private final KnownAddresses addresses;
    private final byte[] codeKey;
    private final boolean on;
    private final Clock clock;

    /** @param throttleFactor 0 turns the delays off; any other factor leaves them as they are */
    public SignInDelays(Database database, KnownAddresses addresses, Keys keys, double throttleFactor, Clock clock) {
        this.database = database;
        this.addresses = addresses;
        this.codeKey = keys.codeKey();
        this.on = throttleFactor > 0;
        this.clock = clock;
    }

    /** One attempt to prove who one is, from the comparison to its outcome; whoever holds it closes it. */
    public final class Turn implements AutoCloseable {
        private final Map<String, Runnable> exits = new LinkedHashMap<>();

        private Turn(String account, Runnable exit) {
            exits.put(account, exit);
        }

        /**
         * Call it before a code of the second factor is compared. Those are short, and whoever guesses them knows the
         * password: ten wrong ones in a row delay an address for codes even where the person has signed in.
         *
         * @throws Problem as {@link SignInDelays#enter(Actor, long)}
         */
        public void expectCode(Actor where, long userId) {
            Instant now = clock.instant();
            if (on && database.read(sql -> addresses.isTrusted(sql, userId, where, now))) {
                String account = codes(userId) + ":" + KnownAddresses.network(where.ip());
                exits.put(account, queues.enter(account, running -> admits(where, account, null, running)));
            }
        }

        /** Counts the attempt as a failure, in the transaction that writes it into the audit log. */
        public void failed(Sql sql) {
            if (on) {
                exits.keySet().forEach(account -> fail(sql, account));
            }
        }

        @Override
        public void close() {
            exits.values().forEach(Runnable::run);
        }
    }

    /** As {@link #enter(Actor, long)}, for whoever {@code name} was found to belong to. */
    public Turn enter(Actor where, Login login, String name) {
        String account = login.joinRequestId() == null
                ? "name:" + Hmac.hex(codeKey, Usernames.typed(name))
                : "join_request:" + login.joinRequestId();
        return login.userId() == null ? enter(where, account, null) : enter(where, login.userId());
    }

    /**
     * Begins an attempt on a person's password or second factor; call it before anything is compared. While few
     * failures are left, attempts at the same moment wait for each other's outcome.
     *
     * @throws Problem 429 {@code rate_limited} while the account has to wait, 503 {@code busy} when too many wait
     */
    public Turn enter(Actor where, long userId) {
        return enter(where, key(userId), userId);
    }

    private Turn enter(Actor where, String account, Long userId) {
        if (!on) {
            return new Turn(account, () -> {});
        }
        return new Turn(account, queues.enter(account, running -> admits(where, account, userId, running)));
    }

    /** Whether one more may be compared while {@code running} are: in the worst case all of those fail. */
    private Queues.Answer admits(Actor where, String account, Long userId, int running) {
        Instant now = clock.instant();
        return database.read(sql -> {
            SignInFailureDao.Streak streak = dao.find(sql, account);
            Optional<Duration> delay = delay(streak, now);
            if (delay.isEmpty() && (running == 0 || streak.failures() + running < FREE)) {
                return Queues.Answer.ENTER;
            }
            if (userId != null && addresses.isTrusted(sql, userId, where, now)) {
                return Queues.Answer.ENTER;
            }
            delay.ifPresent(wait -> {
                throw Problem.rateLimited(wait);
            });
            return Queues.Answer.WAIT;
        });
    }

    /** How long there is to wait; a clock that was set back makes nobody wait longer than the longest delay. */
    private static Optional<Duration> delay(SignInFailureDao.Streak streak, Instant now) {
        Instant until = streak.delayedUntil();
        boolean counts = until != null && now.isBefore(until) && !until.isAfter(now.plus(LONGEST));
        return counts ? Optional.of(Duration.between(now, until)) : Optional.empty();
    }

    private void fail(Sql sql, String account) {
        Instant now = clock.instant();
        long failures = dao.countUp(sql, account, now);
        if (failures >= FREE) {
            dao.delay(sql, account, now.plus(delayAfter(failures)));
        }
        if (failures == 1 && account.startsWith("name:")) {
            dao.trimNames(sql, NAMES);
        }
    }

    private static Duration delayAfter(long failures) {
        long doublings = Math.min(failures - FREE, 10);
        Duration delay = FIRST.multipliedBy(1L << doublings);
        return delay.compareTo(LONGEST) < 0 ? delay : LONGEST;
    }

    /** Forgets a person's failures: at a completed sign-in, and when an admin says so; false when there were none. */
    public boolean clear(Sql sql, long userId) {
        return dao.delete(sql, key(userId), codes(userId) + ":", codes(userId) + ";");
    }

    /** Until when a person has to wait, if at all: everywhere after wrong passwords, or at one address after wrong codes. */
    public Optional<Instant> delayedUntil(Sql sql, long userId) {
        Instant now = clock.instant();
        return on
                ? dao.delayedUntil(sql, key(userId), codes(userId) + ":", codes(userId) + ";", now, now.plus(LONGEST))
                : Optional.empty();
    }

    /** Forgets at most {@code limit} streaks that ended long ago, and says how many. */
    public int sweep(int limit) {
        Instant old = clock.instant().minus(KEPT);
        return database.write(sql -> dao.deleteOlderThan(sql, old, limit));
    }

    private static String key(long userId) {
        return "user:" + userId;
    }

    /** Where wrong codes from known addresses are counted, together with the address. */
    private static String codes(long userId) {
        return "code:" + userId;
    }
}
