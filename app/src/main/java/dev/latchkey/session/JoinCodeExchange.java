package dev.latchkey.session;

import dev.latchkey.account.Instance;
import dev.latchkey.account.Logins;
import dev.latchkey.account.User;
import dev.latchkey.audit.Actor;
import dev.latchkey.audit.Audit;
import dev.latchkey.audit.Target;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.db.Database;
import dev.latchkey.db.Sql;
import dev.latchkey.error.Fields;
import dev.latchkey.error.Problem;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** What a guest does with a join code: types it or follows its link, and is in. */
public final class JoinCodeExchange {
    private static final String LINK = "lkj_";

    private final JoinCodeDao dao = new JoinCodeDao();
    private final Database database;
    private final Instance instance;
    private final Logins logins;
    private final Sessions sessions;
    private final Families families;
    private final JoinCodes codes;
    private final CodeBudgets budgets;
    private final Audit audit;
    private final Clock clock;

    public JoinCodeExchange(
            Database database,
            Instance instance,
            Logins logins,
            Sessions sessions,
            Families families,
            JoinCodes codes,
            CodeBudgets budgets,
            Audit audit,
            Clock clock) {
        this.database = database;
        this.instance = instance;
        this.logins = logins;
        this.sessions = sessions;
        this.families = families;
        this.codes = codes;
        this.budgets = budgets;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Signs a guest in with tokens, as API clients use them.
     *
     * @param typed six letters in any case, with blanks and dashes or without, or the secret of a link
     * @throws Problem 401 {@code join_code_invalid} for what does not work, for whatever reason; 429 {@code
     *     rate_limited} after too many wrong codes, but for links
     */
    public JoinedGuest forTokens(Actor where, String typed) {
        return exchange(where, typed, (sql, joined) -> {
            JoinCodeDao.Ticket ticket = joined.ticket();
            StartedFamily family =
                    families.start(sql, joined.guest(), joined.owner(), joined.origin(), ticket.deviceName());
            joined.record(sql, audit, new Target("family", family.id()));
            return new JoinedGuest(joined.guest(), family.tokens());
        });
    }

    /** Signs a guest in with a session, as browsers use it. @throws Problem as {@link #forTokens} */
    public SignedIn forSession(Actor where, String typed) {
        return exchange(where, typed, (sql, joined) -> {
            JoinCodeDao.Ticket ticket = joined.ticket();
            StartedSession session =
                    sessions.start(sql, joined.guest(), joined.owner(), joined.origin(), ticket.deviceName());
            joined.record(sql, audit, new Target("session", session.id()));
            return new SignedIn(joined.guest(), session.token(), session.expiresAt());
        });
    }

    /** Somebody who has just used a code. */
    private record Joined(User guest, Actor owner, JoinCodeDao.Ticket ticket) {
        Origin origin() {
            return Origin.joinCode(ticket.id(), ticket.providerName());
        }

        void record(Sql sql, Audit audit, Target opened) {
            audit.record(sql, owner, "session.login", opened, "by join code " + ticket.id());
        }
    }

    private <T> T exchange(Actor where, String typed, BiFunction<Sql, Joined, T> open) {
        instance.requireShared();
        new Fields().required("code", typed).throwIfAny();
        String code = typed.strip();
        return code.startsWith(LINK) ? followLink(where, code, open) : enterCode(where, code, open);
    }

    /** Nobody guesses a link, so a wrong one costs no budget, and no write either. */
    private <T> T followLink(Actor where, String link, BiFunction<Sql, Joined, T> open) {
        String hash = Secrets.hash(link);
        if (!database.read(sql -> dao.hasLink(sql, hash))) {
            throw invalid();
        }
        return database.write(sql -> {
                    Optional<JoinCodeDao.Ticket> ticket = dao.useLink(sql, hash, clock.instant());
                    return ticket.map(used -> opened(sql, where, used, open));
                })
                .orElseThrow(JoinCodeExchange::invalid)
                .done();
    }

    private <T> T enterCode(Actor where, String typed, BiFunction<Sql, Joined, T> open) {
        String hmac = codes.hmac(normalised(typed));
        throwIfTooMany(where, database.read(sql -> budgets.delay(sql, where)));
        Supplier<Opened<T>> outcome = database.write(sql -> {
            Optional<Duration> delay = budgets.delay(sql, where); // of those at the same moment, each waits its turn
            if (delay.isPresent()) {
                return Proofs.refusal(CodeBudgets.tooMany(where, delay.get()));
            }
            Optional<JoinCodeDao.Ticket> ticket = dao.useCode(sql, hmac, clock.instant());
            if (ticket.isEmpty()) {
                budgets.failed(sql, where);
                return Proofs.refusal(invalid());
            }
            Opened<T> opened = opened(sql, where, ticket.get(), open);
            return () -> opened;
        });
        return outcome.get().done();
    }

    private static void throwIfTooMany(Actor where, Optional<Duration> delay) {
        delay.ifPresent(wait -> {
            throw CodeBudgets.tooMany(where, wait);
        });
    }

    private static String normalised(String typed) {
        return typed.replaceAll("[\\s\\p{Z}\\p{Pd}]+", "").toUpperCase(Locale.ROOT);
    }

    /** What was opened in a transaction, to be handed out after its commit. */
    private record Opened<T>(T result, Runnable afterCommit) {
        T done() {
            afterCommit.run();
            return result;
        }
    }

    private <T> Opened<T> opened(Sql sql, Actor where, JoinCodeDao.Ticket ticket, BiFunction<Sql, Joined, T> open) {
        User guest = logins.note(sql, ticket.guestId(), clock.instant());
        Actor owner = new Actor(guest.id(), where.ip(), where.userAgent());
        T result = open.apply(sql, new Joined(guest, owner, ticket));
        return new Opened<>(result, () -> logins.changed(guest.id()));
    }

    private static Problem invalid() {
        return Problem.unauthenticated("join_code_invalid", "Invalid or expired join code");
    }
}
