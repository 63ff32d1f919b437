package dev.latchkey.account;

import dev.latchkey.account.OneTimeLink.Minted;
import dev.latchkey.account.OneTimeLink.Purpose;
import dev.latchkey.audit.Actor;
import dev.latchkey.audit.Audit;
import dev.latchkey.audit.Target;
import dev.latchkey.db.Database;
import dev.latchkey.db.Sql;
import dev.latchkey.error.Fields;
import dev.latchkey.error.Problem;
import dev.latchkey.mail.Mail;
import dev.latchkey.mail.Outbox;
import java.time.Clock;

/** Finds out whether people read the mail of the addresses they gave, where {@code email.verification} is on. */
public final class EmailVerification {
    private final UserDao users = new UserDao();
    private final boolean enabled;
    private final Database database;
    private final UserCache cache;
    private final Instance instance;
    private final OneTimeLinks links;
    private final Outbox outbox;
    private final Audit audit;
    private final Clock clock;

    public EmailVerification(
            boolean enabled,
            Database database,
            UserCache cache,
            Instance instance,
            OneTimeLinks links,
            Outbox outbox,
            Audit audit,
            Clock clock) {
        this.enabled = enabled;
        this.database = database;
        this.cache = cache;
        this.instance = instance;
        this.links = links;
        this.outbox = outbox;
        this.audit = audit;
        this.clock = clock;
    }

    public boolean isEnabled() {
        return enabled;
    }

    /** Whether a link that opens the account may be mailed to this person. */
    boolean mayMailLinks(User user) {
        return user.email() != null && (user.emailVerified() || !enabled);
    }

    /**
     * Call it in the transaction that gives a person the address they have now, or takes it away: links that went to
     * an earlier one stop working, and where verification is on, a mail asks whether the new one is read.
     *
     * @param user the person as just stored, with the address unverified
     * @param site our own address, for the link in the mail
     */
    public void addressIsNew(Sql sql, User user, String site) {
        links.endAll(sql, user.id());
        boolean due = enabled && user.email() != null && !user.emailVerified();
        if (due && links.wait(sql, user.id(), Purpose.VERIFICATION).isEmpty()) {
            mail(sql, user, site);
        }
    }

    /**
     * Mails the actor a link that verifies their address.
     *
     * @throws Problem 403 {@code verification_disabled}, 400 {@code no_email} or {@code already_verified}, 429 after
     *     three within an hour
     */
    public void send(Actor actor, String site) {
        if (!enabled) {
            throw Problem.forbidden("verification_disabled", "E-mail addresses are not verified in this library.");
        }
        database.run(sql -> {
            User user = users.find(sql, actor.userId())
                    .orElseThrow(() -> Problem.notFound("This account does not exist any more."));
            requireOpen(user);
            links.wait(sql, user.id(), Purpose.VERIFICATION).ifPresent(wait -> {
                throw Problem.rateLimited(wait);
            });
            mail(sql, user, site);
            audit.record(sql, actor, "email.send_verification", new Target("user", user.id()), null);
        });
    }

    private static void requireOpen(User user) {
        if (user.email() == null) {
            throw Problem.of(
                    Problem.Kind.BAD_REQUEST, "no_email", "Your account has no e-mail address. Enter one first.");
        }
        if (user.emailVerified()) {
            throw Problem.of(
                    Problem.Kind.BAD_REQUEST, "already_verified", "Your e-mail address has been verified already.");
        }
    }

    private void mail(Sql sql, User user, String site) {
        Minted link = links.verification(sql, user.id(), Usernames.emailKey(user.email()));
        outbox.add(sql, Mail.verification(user.email(), user.nameInMails(), link.url(site), link.expiresAt()));
    }

    /**
     * Marks the address that the link went to as verified, and uses the link up; nobody needs to be signed in.
     *
     * @throws Problem 400 {@code token_invalid}, also when the person has another address by now, or may not act
     */
    public void verify(Actor where, String token) {
        instance.requireShared();
        new Fields().required("token", token).throwIfAny();
        long userId = database.write(sql -> {
            OneTimeLink link = links.find(sql, Purpose.VERIFICATION, token).orElseThrow(OneTimeLinks::invalid);
            boolean mayAct = users.find(sql, link.userId())
                    .filter(user -> user.mayActAt(clock.instant()))
                    .isPresent();
            if (!mayAct || !links.consume(sql, link) || !users.verifyEmail(sql, link.userId(), link.emailKey())) {
                throw OneTimeLinks.invalid();
            }
            Actor person = new Actor(link.userId(), where.ip(), where.userAgent());
            audit.record(sql, person, "email.verify", new Target("user", link.userId()), null);
            return link.userId();
        });
        cache.remove(userId);
    }
}
