package dev.latchkey.account;

import dev.latchkey.account.OneTimeLink.Minted;
import dev.latchkey.account.OneTimeLink.Purpose;
import dev.latchkey.audit.Actor;
import dev.latchkey.audit.Audit;
import dev.latchkey.audit.Target;
import dev.latchkey.crypto.Passwords;
import dev.latchkey.db.Database;
import dev.latchkey.db.Sql;
import dev.latchkey.error.Fields;
import dev.latchkey.mail.Mail;
import dev.latchkey.mail.Outbox;
import java.time.Clock;
import java.util.Optional;

/** Hands out the links by which people choose another password without knowing the old one. */
public final class ResetLinks {
    private final UserDao users = new UserDao();
    private final Database database;
    private final Instance instance;
    private final OneTimeLinks links;
    private final EmailVerification verification;
    private final Passwords passwords;
    private final Outbox outbox;
    private final boolean mailServer;
    private final Audit audit;
    private final Clock clock;
    private final Admins admins;

    /** @param mailServer whether mails reach anybody; without one they are printed to the log */
    public ResetLinks(
            Database database,
            Instance instance,
            OneTimeLinks links,
            EmailVerification verification,
            Passwords passwords,
            Outbox outbox,
            boolean mailServer,
            Audit audit,
            Clock clock) {
        this.database = database;
        this.instance = instance;
        this.links = links;
        this.verification = verification;
        this.passwords = passwords;
        this.outbox = outbox;
        this.mailServer = mailServer;
        this.audit = audit;
        this.clock = clock;
        this.admins = new Admins(clock);
    }

    /** A link for an admin to hand on. */
    public record Issued(String token, String url, boolean emailSent) {
        @Override
        public String toString() {
            return "Issued[…]";
        }
    }

    /**
     * Mails a link to whoever has this address, if it is somebody who may act. Nobody learns whether there is such a
     * person: one hash and one transaction are spent in every case.
     *
     * @param site our own address, for the link
     * @throws dev.latchkey.error.Problem 422 for what is no address, 503 {@code busy} when too many passwords are being hashed
     */
    public void request(Actor where, String email, String site) {
        instance.requireShared();
        Fields fields = new Fields().required("email", email);
        String address = fields.email("email", email);
        fields.check(email == null || address != null, "email", "is required").throwIfAny();
        passwords.matches(address, null);
        database.run(sql -> {
            Optional<User> user = users.findByEmail(sql, Usernames.emailKey(address));
            Target target = user.map(known -> new Target("user", known.id())).orElse(null);
            audit.recordRepeatable(sql, where, "password.forgot", target, null);
            user.filter(known -> mayHaveMail(sql, known)).ifPresent(known -> {
                mail(sql, known, links.resetOnRequest(sql, known.id(), Usernames.emailKey(address)), site);
            });
        });
    }

    private boolean mayHaveMail(Sql sql, User user) {
        return user.mayActAt(clock.instant())
                && verification.mayMailLinks(user)
                && links.wait(sql, user.id(), Purpose.RESET).isEmpty();
    }

    private void mail(Sql sql, User user, Minted link, String site) {
        outbox.add(sql, Mail.reset(user.email(), user.nameInMails(), link.url(site), link.expiresAt()));
    }

    /**
     * Makes a link for somebody whom an admin helps, and mails it as well where that reaches them. Sign-ins end when
     * the link is used, not before.
     *
     * @throws dev.latchkey.error.Problem 404; 409 {@code self}, because for oneself there is the route that asks for the password
     */
    public Issued issue(Actor actor, long id, String site) {
        Admins.requireOther(actor, id, "Change your own password in your profile, which asks for the current one.");
        return database.write(sql -> {
            User user = users.find(sql, id).orElseThrow(Admins::noSuchUser);
            Minted link = links.reset(sql, id, OneTimeLinks.RESET_TTL);
            boolean mailed = mailServer && user.mayActAt(clock.instant()) && verification.mayMailLinks(user);
            if (mailed) {
                mail(sql, user, link, site);
            }
            String detail = mailed ? "link mailed" : "link handed out";
            audit.record(sql, actor, "user.reset_password", new Target("user", id), detail);
            admins.requireStill(sql, actor);
            return new Issued(link.token(), link.url(site), mailed);
        });
    }
}
