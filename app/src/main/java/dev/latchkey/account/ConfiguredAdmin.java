package dev.latchkey.account;

import dev.latchkey.audit.Actor;
import dev.latchkey.audit.Audit;
import dev.latchkey.audit.Target;
import dev.latchkey.config.Config.FirstAdmin;
import dev.latchkey.crypto.Passwords;
import dev.latchkey.db.Database;
import dev.latchkey.db.Sql;
import dev.latchkey.error.Fields;
import dev.latchkey.error.Problem;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first admin as the configuration wants it ({@code admin.username} and so on), for servers that nobody sits at.
 * Whoever wrote that password down somewhere is not its only reader, so it has to be changed at first sign-in.
 */
public final class ConfiguredAdmin {
    private static final Logger LOG = LoggerFactory.getLogger(ConfiguredAdmin.class);
    private static final Actor NOBODY = new Actor(null, null, null);

    private final UserDao users = new UserDao();
    private final Database database;
    private final Audit audit;
    private final Instance instance;
    private final PasswordPolicy policy;
    private final Passwords passwords;
    private final Clock clock;

    public ConfiguredAdmin(
            Database database,
            Audit audit,
            Instance instance,
            PasswordPolicy policy,
            Passwords passwords,
            Clock clock) {
        this.database = database;
        this.audit = audit;
        this.instance = instance;
        this.policy = policy;
        this.passwords = passwords;
        this.clock = clock;
    }

    /**
     * Makes the admin; call it before anybody can call us. Where that account is there already, the setting has done
     * its job and is only noted in the log, so that a container can restart with its settings unchanged; whoever lost
     * the role meanwhile does not get it back.
     *
     * @throws Problem {@code invalid_fields} naming the key, for a bad value or when somebody else is the admin
     */
    public void ensure(FirstAdmin wanted) {
        PersonForm person = read(wanted);
        if (instance.isShared()) {
            noteExisting(person.username());
            return;
        }
        requirePassword(person);
        String hash = passwords.hash(person.password());
        try {
            database.run(sql -> create(sql, person, hash));
        } catch (RuntimeException e) {
            instance.reload(); // the commit failed after the mode was switched
            throw e;
        }
    }

    private static PersonForm read(FirstAdmin wanted) {
        Fields fields = new Fields();
        String username = Usernames.read(fields, "admin.username", wanted.username());
        String email = fields.email("admin.email", wanted.email().orElse(null));
        fields.throwIfAny();
        return new PersonForm(username, wanted.password(), username, email);
    }

    private void noteExisting(String username) {
        User user = database.read(sql -> users.findByUsername(sql, username))
                .orElseThrow(() -> Problem.invalidField(
                        "admin.username",
                        "is \"" + username + "\", and this library has been set up with another admin already. "
                                + "Remove the admin.* settings; an admin adds further ones."));
        if (user.role() == Role.ADMIN) {
            LOG.info("The account of admin.username is there already: the admin.* settings can be removed.");
        } else {
            LOG.warn("The account of admin.username is there, but is no admin, and the admin.* settings do not make it"
                    + " one: remove them. An admin can, or 'latchkey make-admin' on this machine.");
        }
    }

    private void requirePassword(PersonForm person) {
        List<String> reasons = policy.reasons(person.password(), person.username(), person.email());
        if (!reasons.isEmpty()) {
            throw Problem.invalidField("admin.password", "is refused. " + String.join(" ", reasons));
        }
    }

    private void create(Sql sql, PersonForm person, String hash) {
        long id = users.insertFirstAdmin(sql, person, hash, false, clock.instant())
                .orElseThrow(() -> Problem.invalidField("admin.username", "comes too late: there is an admin already"));
        audit.record(sql, NOBODY, "instance.setup", new Target("user", id), "from the configuration");
        instance.share();
    }
}
