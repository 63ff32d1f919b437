package dev.latchkey.server;

import dev.latchkey.account.CurrentPassword;
import dev.latchkey.account.EmailVerification;
import dev.latchkey.account.Instance;
import dev.latchkey.account.KnownAddresses;
import dev.latchkey.account.Leftovers;
import dev.latchkey.account.Logins;
import dev.latchkey.account.Mails;
import dev.latchkey.account.NewPassword;
import dev.latchkey.account.Newcomers;
import dev.latchkey.account.OneTimeLinks;
import dev.latchkey.account.OwnPassword;
import dev.latchkey.account.PasswordPolicy;
import dev.latchkey.account.PasswordResets;
import dev.latchkey.account.Profiles;
import dev.latchkey.account.ResetLinks;
import dev.latchkey.account.Revocation;
import dev.latchkey.account.SecondFactorSettings;
import dev.latchkey.account.SecondFactors;
import dev.latchkey.account.SignInDelays;
import dev.latchkey.account.Usage;
import dev.latchkey.account.UserAccess;
import dev.latchkey.account.UserCache;
import dev.latchkey.account.Users;
import dev.latchkey.audit.Audit;
import dev.latchkey.config.Config;
import dev.latchkey.crypto.Passwords;
import dev.latchkey.db.Database;
import dev.latchkey.mail.Outbox;
import java.time.Clock;

/** People, what proves that they are who they say, and what is sent to them. */
final class AccountParts {
    final Instance instance;
    final UserCache people;
    final Logins logins;
    final Revocation revocation;
    final PasswordPolicy policy;
    final KnownAddresses addresses;
    final SignInDelays delays;
    final SecondFactors secondFactors;
    final SecondFactorSettings secondFactorSettings;
    final OneTimeLinks oneTimeLinks;
    final EmailVerification verification;
    final Users users;
    final Newcomers newcomers;
    final UserAccess userAccess;
    final OwnPassword ownPassword;
    final ResetLinks resetLinks;
    final PasswordResets resets;
    final Profiles profiles;
    final Mails mails;
    final Leftovers leftovers;
    final Usage usage;

    AccountParts(Ground on) {
        Config config = on.config();
        Clock clock = on.clock();
        Database database = on.database();
        Audit audit = on.audit();
        Outbox outbox = on.outbox();
        Passwords passwords = on.passwords();

        instance = new Instance(database);
        people = new UserCache(database);
        logins = new Logins(database, people);
        revocation = new Revocation(people);
        policy = new PasswordPolicy(config.passwords(), config.instanceName());
        addresses = new KnownAddresses(database, outbox, clock);
        delays = new SignInDelays(database, addresses, on.keys(), config.throttleFactor(), clock);
        CurrentPassword currentPassword = new CurrentPassword(database, audit, delays, passwords);
        secondFactors = new SecondFactors(on.keys(), on.secrets(), config.instanceName(), clock);
        secondFactorSettings = new SecondFactorSettings(
                database, audit, outbox, delays, secondFactors, currentPassword, revocation, clock);

        oneTimeLinks = new OneTimeLinks(on.secrets(), config.throttleFactor(), clock);
        verification = new EmailVerification(
                config.emailVerification(), database, people, instance, oneTimeLinks, outbox, audit, clock);
        users = new Users(database, revocation, verification, delays, audit, clock);
        newcomers = new Newcomers(database, oneTimeLinks, verification, outbox, audit, policy, passwords, clock);
        userAccess = new UserAccess(database, revocation, delays, outbox, audit, policy, passwords, clock);
        NewPassword newPassword = new NewPassword(revocation, outbox, audit);
        ownPassword = new OwnPassword(database, currentPassword, policy, passwords, newPassword);
        boolean mailServer = config.smtp().host().isPresent();
        resetLinks = new ResetLinks(
                database, instance, oneTimeLinks, verification, passwords, outbox, mailServer, audit, clock);
        resets = new PasswordResets(
                database,
                instance,
                oneTimeLinks,
                policy,
                passwords,
                newPassword,
                secondFactors,
                delays,
                revocation,
                audit);
        profiles = new Profiles(database, people, audit, currentPassword, verification);
        mails = new Mails(database, audit, clock);
        leftovers = new Leftovers(database, clock);
        usage = new Usage(people);
    }
}
