package dev.latchkey.server;

import dev.latchkey.account.ConfiguredAdmin;
import dev.latchkey.account.CurrentPassword;
import dev.latchkey.account.EmailVerification;
import dev.latchkey.account.Entrance;
import dev.latchkey.account.Guests;
import dev.latchkey.account.Instance;
import dev.latchkey.account.Invites;
import dev.latchkey.account.JoinRequests;
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
import dev.latchkey.account.Registration;
import dev.latchkey.account.ResetLinks;
import dev.latchkey.account.Revocation;
import dev.latchkey.account.SecondFactorSettings;
import dev.latchkey.account.SecondFactors;
import dev.latchkey.account.Setup;
import dev.latchkey.account.SetupCode;
import dev.latchkey.account.SignInDelays;
import dev.latchkey.account.Usage;
import dev.latchkey.account.UserAccess;
import dev.latchkey.account.UserCache;
import dev.latchkey.account.Users;
import dev.latchkey.api.AuditHandler;
import dev.latchkey.api.ContentHandler;
import dev.latchkey.api.DeviceHandler;
import dev.latchkey.api.EmailHandler;
import dev.latchkey.api.InstallHandler;
import dev.latchkey.api.InstanceHandler;
import dev.latchkey.api.InviteHandler;
import dev.latchkey.api.JoinCodeHandler;
import dev.latchkey.api.JoinRequestHandler;
import dev.latchkey.api.MailHandler;
import dev.latchkey.api.MeHandler;
import dev.latchkey.api.MediaHandler;
import dev.latchkey.api.PasswordHandler;
import dev.latchkey.api.PersonalTokenHandler;
import dev.latchkey.api.RegistrationHandler;
import dev.latchkey.api.RunningJar;
import dev.latchkey.api.SecondFactorHandler;
import dev.latchkey.api.SessionHandler;
import dev.latchkey.api.SetupHandler;
import dev.latchkey.api.SignInHandler;
import dev.latchkey.api.SignInResponder;
import dev.latchkey.api.TokenHandler;
import dev.latchkey.api.TrashHandler;
import dev.latchkey.api.UploadHandler;
import dev.latchkey.api.UserHandler;
import dev.latchkey.audit.Audit;
import dev.latchkey.blob.Blobs;
import dev.latchkey.config.Config;
import dev.latchkey.crypto.HashingPool;
import dev.latchkey.crypto.KeyFile;
import dev.latchkey.crypto.Keys;
import dev.latchkey.crypto.Passwords;
import dev.latchkey.crypto.Sealer;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.db.DataFolder;
import dev.latchkey.db.Database;
import dev.latchkey.db.Readiness;
import dev.latchkey.http.Arrival;
import dev.latchkey.http.Gate;
import dev.latchkey.http.HostNames;
import dev.latchkey.http.Links;
import dev.latchkey.http.ProblemRenderer;
import dev.latchkey.http.Throttles;
import dev.latchkey.library.Arrivals;
import dev.latchkey.library.ContentTypes;
import dev.latchkey.library.Library;
import dev.latchkey.library.MediaBlobs;
import dev.latchkey.library.Trash;
import dev.latchkey.library.Uploads;
import dev.latchkey.mail.Outbox;
import dev.latchkey.mail.Postman;
import dev.latchkey.server.Retention.Part;
import dev.latchkey.session.AccessTokens;
import dev.latchkey.session.Challenges;
import dev.latchkey.session.CodeBudgets;
import dev.latchkey.session.Credentials;
import dev.latchkey.session.DeviceCodes;
import dev.latchkey.session.Families;
import dev.latchkey.session.JoinCodes;
import dev.latchkey.session.PasswordChanges;
import dev.latchkey.session.PersonalTokens;
import dev.latchkey.session.Proofs;
import dev.latchkey.session.RefreshTokens;
import dev.latchkey.session.Sessions;
import dev.latchkey.session.SignIn;
import dev.latchkey.session.TokenGrants;
import dev.latchkey.web.DocsHandler;
import dev.latchkey.web.PageHandler;
import java.net.URI;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;

/** What a server is made of, floor by floor. */
record App(
        Instance instance,
        SetupCode setupCode,
        ConfiguredAdmin configuredAdmin,
        Retention retention,
        Sessions sessions,
        PersonalTokens personalTokens,
        Blobs blobs,
        Trash trash,
        ContentTypes contentTypes,
        HostNames hostNames,
        Arrival arrival,
        Gate gate,
        ProblemRenderer renderer,
        Routes routes) {

    static App open(Config config, Clock clock, RunningJar jar, Resources resources) {
        DataFolder folder = resources.add(DataFolder.open(config.dataDir()));
        Keys keys = KeyFile.open(folder.file("keys.properties"), !Files.exists(folder.database()));
        HashingPool hashing = resources.add(new HashingPool());
        Passwords passwords = new Passwords(keys.pepper(), config.passwords().bcryptCost(), hashing);
        Secrets secrets = new Secrets();

        Database database = resources.add(Database.open(folder.database()));
        Audit audit = new Audit(database, clock);

        Outbox outbox = new Outbox(new Sealer(keys.derived("mail")), config.instanceName(), clock);
        resources.add(Postman.start(database, outbox, config.smtp(), config.instanceName(), clock));

        UserCache people = new UserCache(database);
        Revocation revocation = new Revocation(people);
        Instance instance = new Instance(database);
        SetupCode setupCode = new SetupCode(folder.file("setup-code"), secrets);
        PasswordPolicy policy = new PasswordPolicy(config.passwords(), config.instanceName());
        KnownAddresses addresses = new KnownAddresses(database, outbox, clock);
        SignInDelays delays = new SignInDelays(database, addresses, keys, config.throttleFactor(), clock);
        CurrentPassword currentPassword = new CurrentPassword(database, audit, delays, passwords);
        SecondFactors secondFactors = new SecondFactors(keys, secrets, config.instanceName(), clock);
        SecondFactorSettings secondFactorSettings = new SecondFactorSettings(
                database, audit, outbox, delays, secondFactors, currentPassword, revocation, clock);
        Setup setup = new Setup(database, audit, instance, setupCode, policy, passwords, clock);
        OneTimeLinks oneTimeLinks = new OneTimeLinks(secrets, config.throttleFactor(), clock);
        EmailVerification verification = new EmailVerification(
                config.emailVerification(), database, people, instance, oneTimeLinks, outbox, audit, clock);
        Users users = new Users(database, revocation, verification, delays, audit, clock);
        Newcomers newcomers =
                new Newcomers(database, oneTimeLinks, verification, outbox, audit, policy, passwords, clock);
        UserAccess userAccess = new UserAccess(database, revocation, delays, outbox, audit, policy, passwords, clock);
        NewPassword newPassword = new NewPassword(revocation, outbox, audit);
        OwnPassword ownPassword = new OwnPassword(database, currentPassword, policy, passwords, newPassword);
        boolean mailServer = config.smtp().host().isPresent();
        ResetLinks resetLinks = new ResetLinks(
                database, instance, oneTimeLinks, verification, passwords, outbox, mailServer, audit, clock);
        PasswordResets resets = new PasswordResets(
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
        Profiles profiles = new Profiles(database, people, audit, currentPassword, verification);
        Entrance entrance = new Entrance(config.registration(), instance, database, policy, passwords, clock);
        Invites invites = new Invites(database, entrance, audit, outbox, secrets, config.inviteTtl(), clock);
        JoinRequests joinRequests = new JoinRequests(database, entrance, verification, audit, outbox, clock);
        Registration registration = new Registration(entrance, verification, audit, clock);

        Sessions sessions = new Sessions(database, people, audit, secrets, config.sessions(), clock);
        String issuer = config.network().publicUrl().map(URI::toString).orElse("latchkey");
        AccessTokens accessTokens =
                new AccessTokens(keys.jwtSecret(), issuer, config.sessions().accessToken(), clock);
        RefreshTokens refreshTokens = new RefreshTokens(secrets, keys.derived("refresh"));
        Families families = new Families(
                database, people, audit, outbox, sessions, accessTokens, refreshTokens, config.sessions(), clock);
        PersonalTokens personalTokens = new PersonalTokens(database, people, audit, outbox, secrets, clock);
        Credentials credentials = new Credentials(sessions, families, personalTokens);
        Logins logins = new Logins(database, people);
        Proofs proofs = new Proofs(database, audit, logins, delays, addresses, secondFactors, passwords, clock);
        Challenges challenges = new Challenges(database, proofs, secondFactors, secrets, clock);
        SignIn signIn = new SignIn(audit, instance, setup, registration, proofs, challenges, sessions);

        byte[] userCodeKey = keys.derived("device code");
        DeviceCodes devices = new DeviceCodes(database, instance, proofs, families, audit, secrets, userCodeKey, clock);
        CodeBudgets codeBudgets = new CodeBudgets(database, audit, config.throttleFactor(), clock);
        JoinCodes joinCodes = new JoinCodes(
                database,
                instance,
                new Guests(audit, secrets, clock),
                logins,
                sessions,
                families,
                codeBudgets,
                audit,
                secrets,
                keys,
                config.joinCodeTtl(),
                clock);

        Leftovers leftovers = new Leftovers(database, clock);
        Duration auditKept = Duration.ofDays(config.auditRetainDays());
        Retention retention = new Retention(
                new Part("sign-ins", sessions::sweepExpired),
                new Part("personal access tokens", personalTokens::sweepExpired),
                new Part("half-finished sign-ins", challenges::sweepExpired),
                new Part("devices that waited", devices::sweepExpired),
                new Part("delays of sign-ins", delays::sweep),
                new Part("known addresses", addresses::sweep),
                new Part("one-time links", leftovers::sweepLinks),
                new Part("invites", leftovers::sweepInvites),
                new Part("requests to join", leftovers::sweepJoinRequests),
                new Part("join codes", joinCodes::sweepEnded),
                new Part("wrong join codes", codeBudgets::sweep),
                new Part("mails", leftovers::sweepMails),
                new Part("audit rows", limit -> audit.sweep(auditKept, limit)));

        PasswordChanges passwordChanges = new PasswordChanges(database, ownPassword, sessions, revocation);
        TokenGrants tokenGrants = new TokenGrants(instance, proofs, families, audit);

        Usage usage = new Usage(people);
        Blobs blobs = new Blobs(folder.blobs(), folder.temporary(), config.storage(), new MediaBlobs(database), clock);
        Library library = new Library(database, blobs, audit, clock);
        Trash trash =
                new Trash(database, blobs, usage, audit, clock, config.storage().trash());
        ContentTypes contentTypes = new ContentTypes();
        Uploads uploads = new Uploads(blobs, contentTypes, new Arrivals(database, usage, audit, clock));

        HostNames hostNames = new HostNames(config.network());
        Arrival arrival = new Arrival(config.network(), hostNames);
        Throttles throttles = new Throttles(config.throttleFactor(), clock);
        Gate gate =
                new Gate(instance::isShared, config.openToLan(), credentials::bearer, credentials::cookie, throttles);
        Links links = new Links(config.network().publicUrl());
        SignInResponder responder = new SignInResponder(config.sessions().max());
        PageHandler pages = new PageHandler();
        Handlers handlers = new Handlers(
                new InstanceHandler(config, Server.version(), instance, new Readiness(database, folder)),
                new SetupHandler(signIn, responder),
                new SignInHandler(signIn, credentials, responder),
                new MeHandler(profiles, links),
                new SecondFactorHandler(secondFactorSettings),
                new SessionHandler(sessions),
                new PasswordHandler(passwordChanges, resetLinks, resets, policy, links),
                new TokenHandler(tokenGrants, devices, credentials, throttles),
                new DeviceHandler(devices, links),
                new PersonalTokenHandler(personalTokens),
                new EmailHandler(verification, links),
                new InviteHandler(invites, links),
                new JoinRequestHandler(joinRequests, links),
                new JoinCodeHandler(joinCodes, responder, links),
                new RegistrationHandler(signIn, responder, links),
                new UserHandler(users, newcomers, userAccess, links),
                new MailHandler(new Mails(database, audit, clock)),
                new AuditHandler(audit),
                new MediaHandler(library),
                new UploadHandler(uploads),
                new ContentHandler(library),
                new TrashHandler(trash),
                new InstallHandler(jar, links),
                new DocsHandler(),
                pages);
        return new App(
                instance,
                setupCode,
                new ConfiguredAdmin(database, audit, instance, policy, passwords, clock),
                retention,
                sessions,
                personalTokens,
                blobs,
                trash,
                contentTypes,
                hostNames,
                arrival,
                gate,
                new ProblemRenderer(pages::problemPage),
                new Routes(handlers));
    }
}
