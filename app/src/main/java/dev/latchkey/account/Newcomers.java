package dev.latchkey.account;

import dev.latchkey.audit.Actor;
import dev.latchkey.audit.Audit;
import dev.latchkey.audit.Target;
import dev.latchkey.crypto.Passwords;
import dev.latchkey.db.Database;
import dev.latchkey.db.Sql;
import dev.latchkey.error.Fields;
import dev.latchkey.error.Problem;
import dev.latchkey.mail.Mail;
import dev.latchkey.mail.Outbox;
import java.time.Clock;

/** Accounts that admins make for others. */
public final class Newcomers {
    private final UserDao users = new UserDao();
    private final UserAdminDao dao = new UserAdminDao();
    private final Names names = new Names();
    private final Admins admins;
    private final Database database;
    private final OneTimeLinks links;
    private final EmailVerification verification;
    private final Outbox outbox;
    private final Audit audit;
    private final PasswordPolicy policy;
    private final Passwords passwords;
    private final Clock clock;

    public Newcomers(
            Database database,
            OneTimeLinks links,
            EmailVerification verification,
            Outbox outbox,
            Audit audit,
            PasswordPolicy policy,
            Passwords passwords,
            Clock clock) {
        this.database = database;
        this.links = links;
        this.verification = verification;
        this.outbox = outbox;
        this.audit = audit;
        this.policy = policy;
        this.passwords = passwords;
        this.clock = clock;
        this.admins = new Admins(clock);
    }

    /**
     * Makes an account. With a password, it must be changed at the first sign-in; without one, the first is chosen by
     * a link that works once within 7 days. Where there is an address, another such link goes there, and no other mail:
     * using that one verifies the address.
     *
     * @param site our own address without a slash at its end, for the link
     * @throws Problem 409 {@code username_taken} or {@code email_taken}, 422
     */
    public CreatedUser create(Actor actor, NewUser wanted, String site) {
        Fields fields = new Fields().required("role", wanted.role());
        PersonForm person = PersonRules.readWithoutPassword(fields, wanted.person());
        fields.throwIfAny();
        String hash = wanted.password() == null ? null : hash(person);
        return database.write(sql -> {
            requireFreeNames(sql, person);
            long id = dao.insert(sql, person, wanted.role(), hash, clock.instant());
            String url = hash == null ? setupUrl(sql, id, person, site) : null;
            if (hash != null) {
                verification.addressIsNew(sql, users.find(sql, id).orElseThrow(), site);
            }
            audit.record(
                    sql,
                    actor,
                    "user.create",
                    new Target("user", id),
                    "as " + wanted.role().text());
            admins.requireStill(sql, actor);
            return new CreatedUser(users.find(sql, id).orElseThrow(), url);
        });
    }

    /** Names that are taken cost no hash. */
    private String hash(PersonForm person) {
        policy.require(person.password(), person.username(), person.email());
        database.read(sql -> {
            requireFreeNames(sql, person);
            return null;
        });
        return passwords.hash(person.password());
    }

    private void requireFreeNames(Sql sql, PersonForm person) {
        names.requireFreeUsername(sql, person.username());
        names.requireFreeEmail(sql, person.email());
    }

    private String setupUrl(Sql sql, long id, PersonForm person, String site) {
        String handedOn = links.reset(sql, id, OneTimeLinks.SETUP_TTL).url(site);
        if (person.email() != null) {
            OneTimeLink.Minted link = links.firstByMail(sql, id, Usernames.emailKey(person.email()));
            String mailed = link.url(site);
            outbox.add(
                    sql,
                    Mail.welcome(person.email(), person.displayName(), person.username(), mailed, link.expiresAt()));
        }
        return handedOn;
    }
}
