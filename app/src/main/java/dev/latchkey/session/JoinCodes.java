package dev.latchkey.session;

import dev.latchkey.account.Guests;
import dev.latchkey.account.User;
import dev.latchkey.audit.Actor;
import dev.latchkey.audit.Audit;
import dev.latchkey.audit.Target;
import dev.latchkey.crypto.Hmac;
import dev.latchkey.crypto.Keys;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.db.Database;
import dev.latchkey.error.Problem;
import java.text.Normalizer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Join codes: six letters to be typed, or a link to be followed, either of which signs a guest in ({@link
 * JoinCodeExchange}). Whoever revokes a code ends what it could open from then on, and nothing that it has opened.
 */
public final class JoinCodes {
    /** Codes that are in use already, one after the other, before we say that something is wrong with chance. */
    private static final int TRIES = 20;
    /** So long people see in the list what became of a code. */
    private static final Duration ENDED_KEPT = Duration.ofDays(1);

    private final JoinCodeDao dao = new JoinCodeDao();
    private final Database database;
    private final Guests guests;
    private final Audit audit;
    private final Secrets secrets;
    private final byte[] key;
    private final Duration usualTtl;
    private final Clock clock;

    /** @param usualTtl how long a code works when its maker does not say */
    public JoinCodes(
            Database database, Guests guests, Audit audit, Secrets secrets, Keys keys, Duration usualTtl, Clock clock) {
        this.database = database;
        this.guests = guests;
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

    /** What stands in the database for a code, which has six capital letters. */
    String hmac(String code) {
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

    /** Forgets at most {@code limit} codes that ended a day ago, and says how many. */
    public int sweepEnded(int limit) {
        return database.write(sql -> dao.deleteEnded(sql, clock.instant().minus(ENDED_KEPT), limit));
    }
}
