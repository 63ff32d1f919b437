package dev.latchkey.session;

import dev.latchkey.account.Guests;
import dev.latchkey.account.Instance;
import dev.latchkey.account.Logins;
import dev.latchkey.account.User;
import dev.latchkey.audit.Actor;
import dev.latchkey.audit.Audit;
import dev.latchkey.audit.Target;
import dev.latchkey.crypto.Hmac;
import dev.latchkey.crypto.Keys;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.db.Database;
import dev.latchkey.db.Sql;
import dev.latchkey.error.Fields;
import dev.latchkey.error.Problem;
import java.text.Normalizer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Join codes: six letters to be typed, or a link to be followed, either of which signs a guest in. Whoever revokes a
 * code ends what it could open from then on, and nothing that it has opened.
 */
public final class JoinCodes {
    /** Codes that are in use already, one after the other, before we say that something is wrong with chance. */
    private static final int TRIES = 20;
    /** So long people see in the list what became of a code. */
    private static final Duration ENDED_KEPT = Duration.ofDays(1);

    private static final String LINK = "lkj_";

    private final JoinCodeDao dao = new JoinCodeDao();
    private final Database database;
    private final Instance instance;
    private final Guests guests;
    private final Logins logins;
    private final Sessions sessions;
    private final Families families;
    private final CodeBudgets budgets;
    private final Audit audit;
    private final Secrets secrets;
    private final byte[] key;
    private final Duration usualTtl;
    private final Clock clock;

    /** @param usualTtl how long a code works when its maker does not say */
    public JoinCodes(
            Database database,
            Instance instance,
            Guests guests,
            Logins logins,
            Sessions sessions,
            Families families,
            CodeBudgets budgets,
            Audit audit,
            Secrets secrets,
            Keys keys,
            Duration usualTtl,
            Clock clock) {
        this.database = database;
        this.instance = instance;
        this.guests = guests;
        this.logins = logins;
        this.sessions = sessions;
        this.families = families;
        this.budgets = budgets;
        this.audit = audit;
        this.secrets = secrets;
        this.key = keys.derived("join code");
        this.usualTtl = usualTtl;
        this.clock = clock;
    }

    /**
     * Makes a code for a guest, who is made too where the form gives a name.
     *
     * @param site our own address, for the link
     * @throws Problem 422 {@code not_a_guest} or {@code invalid_fields}
     */
    public CreatedJoinCode create(Actor actor, JoinCodeForm wanted, String site) {
        JoinCodeForm form = wanted.checked();
        String link = secrets.token(Secrets.Prefix.JOIN_LINK);
        Instant now = clock.instant();
        Instant expiresAt = now.plus(form.ttl(usualTtl));
        return database.write(sql -> {
            User guest = form.userId() == null
                    ? guests.make(sql, actor, form.guestName())
                    : guests.require(sql, form.userId());
            for (int i = 0; i < TRIES; i++) {
                String code = secrets.joinCode();
                Optional<Long> id = dao.insert(
                        sql, form, guest.id(), hmac(code), Secrets.hash(link), actor.userId(), now, expiresAt);
                if (id.isPresent()) {
                    audit.record(sql, actor, "join_code.create", target(id.get()), "for user " + guest.id());
                    return new CreatedJoinCode(id.get(), guest, code, site + "/login?join=" + link, expiresAt);
                }
            }
            throw Problem.busy("No code is free at the moment. Try again.", Duration.ofSeconds(5));
        });
    }

    private String hmac(String code) {
        return Hmac.hex(key, code);
    }

    private static Target target(long id) {
        return new Target("join_code", id);
    }

    /** At most {@code limit} codes, newest first, with ids below {@code beforeId}; of one guest unless it is null. */
    public List<JoinCode> list(Long guestId, long beforeId, int limit) {
        return database.read(sql -> dao.list(sql, guestId, beforeId, limit, clock.instant()));
    }

    /** Revokes a code; whom it has signed in stays signed in. @throws Problem 404 */
    public void revoke(Actor actor, long id) {
        database.run(sql -> {
            if (!dao.delete(sql, id)) {
                throw Problem.notFound("There is no such join code.");
            }
            audit.record(sql, actor, "join_code.revoke", target(id), null);
        });
    }

    /**
     * Revokes all codes of a guest, of a provider, or of a guest and a provider, and says how many those were.
     *
     * @throws Problem 400 when both are null
     */
    public int revokeAll(Actor actor, Long guestId, String providerName) {
        if (guestId == null && providerName == null) {
            throw Problem.malformed("Say whose codes to revoke: by user_id, by provider_name, or by both.");
        }
        String provider = providerName == null
                ? null
                : Normalizer.normalize(providerName, Normalizer.Form.NFC).strip();
        return database.write(sql -> {
            int revoked = dao.deleteAll(sql, guestId, provider);
            if (revoked > 0) {
                Target target = guestId == null ? null : new Target("user", guestId);
                audit.record(sql, actor, "join_code.revoke", target, revoked + " revoked");
            }
            return revoked;
        });
    }

    /**
     * Signs a guest in with tokens, as API clients use them.
     *
     * @param typed six letters in any case, with blanks and dashes or without, or the secret of a link
     * @throws Problem 401 {@code join_code_invalid} for what does not work, for whatever reason; 429 {@code
     *     rate_limited} after too many wrong codes, but for links
     */
    public JoinedGuest exchange(Actor where, String typed) {
        return exchange(where, typed, (sql, joined) -> {
            JoinCodeDao.Ticket ticket = joined.ticket();
            StartedFamily family =
                    families.start(sql, joined.guest(), joined.owner(), joined.origin(), ticket.deviceName());
            joined.record(sql, audit, new Target("family", family.id()));
            return new JoinedGuest(joined.guest(), family.tokens());
        });
    }

    /** Signs a guest in with a session, as browsers use it. @throws Problem as {@link #exchange} */
    public SignedIn exchangeForSession(Actor where, String typed) {
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
                .orElseThrow(JoinCodes::invalid)
                .done();
    }

    private <T> T enterCode(Actor where, String typed, BiFunction<Sql, Joined, T> open) {
        String hmac = hmac(normalised(typed));
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

    /** Forgets at most {@code limit} codes that ended a day ago, and says how many. */
    public int sweepEnded(int limit) {
        return database.write(sql -> dao.deleteEnded(sql, clock.instant().minus(ENDED_KEPT), limit));
    }
}
