package dev.latchkey.account;

import dev.latchkey.audit.Actor;
import dev.latchkey.audit.Audit;
import dev.latchkey.audit.Target;
import dev.latchkey.db.Sql;
import dev.latchkey.error.Fields;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;

/** Accounts that people make themselves: by an invite that says so, or without one where registration is open. */
public final class Registration {
    private final UserDao users = new UserDao();
    private final Entrance entrance;
    private final EmailVerification verification;
    private final Audit audit;
    private final Clock clock;

    public Registration(Entrance entrance, EmailVerification verification, Audit audit, Clock clock) {
        this.entrance = entrance;
        this.verification = verification;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Makes the account, uses the invite up, and adds whatever {@code then} does, such as opening a session: all of it
     * or nothing. A registration that is refused leaves the invite as it was.
     *
     * @param form its {@code inviteToken} may be null where registration is open
     * @param site our own address, for links in mails
     * @throws dev.latchkey.error.Problem 403 {@code registration_closed}, 400 {@code invite_invalid} or
     *     {@code invite_email_mismatch}, 409 {@code username_taken} or {@code email_taken}, 422
     */
    public <T> T run(Actor where, JoinForm form, String site, BiFunction<Sql, User, T> then) {
        entrance.requireNotClosed();
        Fields fields = new Fields();
        PersonForm person = PersonRules.read(fields, form.person());
        fields.throwIfAny();
        return entrance.pass(person, sql -> admit(sql, form.inviteToken(), person), (sql, hash) -> {
            User user = create(sql, where, form.inviteToken(), person, hash);
            verification.addressIsNew(sql, user, site);
            return then.apply(sql, user);
        });
    }

    /** What the person comes in by; empty for open registration without an invite. */
    private Optional<InviteDao.Offer> admit(Sql sql, String inviteToken, PersonForm person) {
        if (inviteToken == null && !entrance.isOpen()) {
            throw Entrance.closed(
                    "Making an account here takes an invite. Ask somebody who runs this library for one.");
        }
        Optional<InviteDao.Offer> offer =
                Optional.ofNullable(inviteToken).map(token -> entrance.offer(sql, token, person));
        if (!entrance.isOpen() && !offer.orElseThrow().autoApprove()) {
            throw Entrance.closed("With this invite you ask to join, and somebody who runs this library decides.");
        }
        entrance.requireFree(sql, person);
        return offer;
    }

    private User create(Sql sql, Actor where, String inviteToken, PersonForm person, String passwordHash) {
        Optional<InviteDao.Offer> offer = admit(sql, inviteToken, person);
        offer.ifPresent(used -> entrance.use(sql, used));
        Instant now = clock.instant();
        long id = users.insertJoined(sql, person, granted(offer), passwordHash, now, now);
        Actor self = new Actor(id, where.ip(), where.userAgent());
        String detail = offer.map(used -> "by invite " + used.id()).orElse(null);
        audit.record(sql, self, "user.register", new Target("user", id), detail);
        return users.find(sql, id).orElseThrow();
    }

    /** Nobody but an invite that approves by itself makes anyone more than a member. */
    private static Grant granted(Optional<InviteDao.Offer> offer) {
        return offer.map(
                        used -> used.autoApprove() ? used.grant() : used.grant().atMost(Role.MEMBER))
                .orElse(Grant.OF_OPEN_REGISTRATION);
    }
}
