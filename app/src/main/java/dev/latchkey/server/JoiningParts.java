package dev.latchkey.server;

import dev.latchkey.account.ConfiguredAdmin;
import dev.latchkey.account.EmailVerification;
import dev.latchkey.account.Entrance;
import dev.latchkey.account.Guests;
import dev.latchkey.account.Instance;
import dev.latchkey.account.Invites;
import dev.latchkey.account.JoinRequests;
import dev.latchkey.account.PasswordPolicy;
import dev.latchkey.account.Registration;
import dev.latchkey.account.Setup;
import dev.latchkey.account.SetupCode;
import dev.latchkey.audit.Audit;
import dev.latchkey.config.Config;
import dev.latchkey.db.Database;
import java.time.Clock;

/** The ways in for people who have no account yet: setup, the configured admin, invites, requests to join. */
final class JoiningParts {
    final SetupCode setupCode;
    final Setup setup;
    final ConfiguredAdmin configuredAdmin;
    final Invites invites;
    final JoinRequests joinRequests;
    final Registration registration;
    final Guests guests;

    JoiningParts(Ground on, AccountParts accounts) {
        Config config = on.config();
        Clock clock = on.clock();
        Database database = on.database();
        Audit audit = on.audit();
        Instance instance = accounts.instance;
        PasswordPolicy policy = accounts.policy;
        EmailVerification verification = accounts.verification;

        setupCode = new SetupCode(on.folder().file("setup-code"), on.secrets());
        setup = new Setup(database, audit, instance, setupCode, verification, policy, on.passwords(), clock);
        configuredAdmin = new ConfiguredAdmin(database, audit, instance, policy, on.passwords(), clock);
        Entrance entrance = new Entrance(config.registration(), instance, database, policy, on.passwords(), clock);
        invites = new Invites(database, entrance, audit, on.outbox(), on.secrets(), config.inviteTtl(), clock);
        joinRequests = new JoinRequests(
                database,
                entrance,
                verification,
                audit,
                on.outbox(),
                on.announcements().joinRequests(),
                clock);
        registration = new Registration(entrance, verification, audit, clock);
        guests = new Guests(audit, on.secrets(), clock);
    }
}
