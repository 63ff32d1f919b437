package dev.latchkey.testing;

import dev.latchkey.account.CurrentPassword;
import dev.latchkey.account.EmailVerification;
import dev.latchkey.account.Entrance;
import dev.latchkey.account.Instance;
import dev.latchkey.account.InviteForm;
import dev.latchkey.account.Invites;
import dev.latchkey.account.JoinForm;
import dev.latchkey.account.JoinRequests;
import dev.latchkey.account.KnownAddresses;
import dev.latchkey.account.Logins;
import dev.latchkey.account.OneTimeLinks;
import dev.latchkey.account.PasswordPolicy;
import dev.latchkey.account.PersonForm;
import dev.latchkey.account.Profiles;
import dev.latchkey.account.Registration;
import dev.latchkey.account.Revocation;
import dev.latchkey.account.Role;
import dev.latchkey.account.SecondFactorSettings;
import dev.latchkey.account.SecondFactors;
import dev.latchkey.account.Setup;
import dev.latchkey.account.SetupCode;
import dev.latchkey.account.SetupForm;
import dev.latchkey.account.SignInDelays;
import dev.latchkey.account.Usage;
import dev.latchkey.account.User;
import dev.latchkey.account.UserCache;
import dev.latchkey.account.Users;
import dev.latchkey.audit.Actor;
import dev.latchkey.audit.Audit;
import dev.latchkey.audit.AuditEntry;
import dev.latchkey.audit.AuditFilter;
import dev.latchkey.config.Config;
import dev.latchkey.crypto.HashingPool;
import dev.latchkey.crypto.Keys;
import dev.latchkey.crypto.Passwords;
import dev.latchkey.crypto.Sealer;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.db.Database;
import dev.latchkey.db.Sql;
import dev.latchkey.harness.EmptyDatabase;
import dev.latchkey.mail.Outbox;
import dev.latchkey.session.AccessTokens;
import dev.latchkey.session.Attempt;
import dev.latchkey.session.Caller;
import dev.latchkey.session.Challenges;
import dev.latchkey.session.Credentials;
import dev.latchkey.session.Families;
import dev.latchkey.session.PersonalTokens;
import dev.latchkey.session.Proofs;
import dev.latchkey.session.RefreshTokens;
import dev.latchkey.session.Sessions;
import dev.latchkey.session.SignIn;
import dev.latchkey.session.SignedIn;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Accounts and sessions as the server wires them, on a real database in a folder of the test's own. */
public final class Accounts implements AutoCloseable {
    public static final String PASSWORD = "correct horse battery";
    /** What links in mails begin with. */
    public static final String SITE = "http://library.test";

    public static final Actor NOBODY = new Actor(null, "192.168.1.20", "test");
    public static final Duration IDLE = Duration.ofDays(30);
    public static final Duration MAX = Duration.ofDays(90);

    public static final byte[] JWT_SECRET = "a secret of 32 bytes, or of more".getBytes(StandardCharsets.UTF_8);
    public static final Config.Sessions LIFETIMES =
            new Config.Sessions(IDLE, MAX, Duration.ofMinutes(15), Duration.ofSeconds(10));

    private static final byte[] PEPPER = new byte[32];
    private static final Keys KEYS = new Keys(PEPPER, new byte[32], new byte[32]);
    /** The least that bcrypt can do: tests are about the rules around it. */
    private static final int COST = 4;

    public final SettableClock clock = new SettableClock(Instant.parse("2026-11-21T08:00:00Z"));
    public final HashingPool pool = new HashingPool();
    public final Passwords passwords = new Passwords(PEPPER, COST, pool);
    public final Secrets secrets = new Secrets();
    public final Path codeFile;
    public final Database database;
    public final Audit audit;
    public final UserCache cache;
    public final Outbox outbox;
    public final KnownAddresses addresses;
    public final SignInDelays delays;
    public final CurrentPassword currentPassword;
    public final SecondFactors secondFactors;
    public final SecondFactorSettings secondFactorSettings;
    public final Instance instance;
    public final SetupCode code;
    public final Setup setup;
    public final Users users;
    public final News news = new News();
    public final Usage usage;
    public final OneTimeLinks links;
    public final EmailVerification verification;
    public final Profiles profiles;
    public final Invites invites;
    public final JoinRequests requests;
    public final Registration registration;
    public final Sessions sessions;
    public final AccessTokens accessTokens;
    public final Families families;
    public final PersonalTokens personalTokens;
    public final Credentials credentials;
    public final SignIn signIn;

    public Accounts(Path folder) {
        codeFile = folder.resolve("setup-code");
        database = Database.open(EmptyDatabase.at(folder.resolve("latchkey.db")));
        audit = new Audit(database, clock);
        cache = new UserCache(database);
        outbox = new Outbox(new Sealer(KEYS.derived("mail")), "Latchkey", clock);
        addresses = new KnownAddresses(database, outbox, clock);
        delays = newDelays();
        currentPassword = new CurrentPassword(database, audit, delays, passwords);
        secondFactors = new SecondFactors(KEYS, secrets, "Latchkey", clock);
        secondFactorSettings = new SecondFactorSettings(
                database, audit, outbox, delays, secondFactors, currentPassword, new Revocation(cache), clock);
        instance = new Instance(database);
        code = new SetupCode(codeFile, secrets);
        PasswordPolicy policy = new PasswordPolicy(rules(COST), "Latchkey");
        usage = new Usage(cache);
        links = new OneTimeLinks(secrets, 1, clock);
        verification = new EmailVerification(true, database, cache, instance, links, outbox, audit, clock);
        setup = new Setup(database, audit, instance, code, verification, policy, passwords, clock);
        users = new Users(database, new Revocation(cache), verification, delays, audit, clock);
        profiles = new Profiles(database, cache, audit, currentPassword, verification);
        Entrance entrance = new Entrance(Config.Registration.INVITE, instance, database, policy, passwords, clock);
        invites = new Invites(database, entrance, audit, outbox, secrets, Duration.ofHours(72), clock);
        requests = new JoinRequests(database, entrance, verification, audit, outbox, news.joinRequests, clock);
        registration = new Registration(entrance, verification, audit, clock);
        sessions = newSessions();
        accessTokens = new AccessTokens(JWT_SECRET, "latchkey", LIFETIMES.accessToken(), clock);
        RefreshTokens refreshTokens = new RefreshTokens(secrets, PEPPER);
        families =
                new Families(database, cache, audit, outbox, sessions, accessTokens, refreshTokens, LIFETIMES, clock);
        personalTokens = newPersonalTokens();
        credentials = new Credentials(sessions, families, personalTokens);
        signIn = signIn(passwords);
    }

    public static Config.PasswordRules rules(int cost) {
        return new Config.PasswordRules(8, cost, false, URI.create("http://127.0.0.1/"));
    }

    /** Sessions with nothing in memory, as after a restart. */
    public Sessions newSessions() {
        return new Sessions(database, cache, audit, secrets, LIFETIMES, clock);
    }

    /** Personal access tokens with nothing in memory, as after a restart. */
    public PersonalTokens newPersonalTokens() {
        return new PersonalTokens(database, cache, audit, outbox, secrets, clock);
    }

    /** Delays with nothing in memory, as after a restart. */
    public SignInDelays newDelays() {
        return new SignInDelays(database, addresses, KEYS, 1, clock);
    }

    /** Sign-in with another way of hashing, as after a change of the configuration. */
    public SignIn signIn(Passwords other) {
        Logins logins = new Logins(database, cache);
        Proofs proofs = new Proofs(database, audit, logins, delays, addresses, secondFactors, other, clock);
        Challenges challenges = new Challenges(database, proofs, secondFactors, secrets, clock);
        return new SignIn(audit, instance, setup, registration, proofs, challenges, sessions);
    }

    /** Sign-in as after a restart with bcrypt's cost raised by one. */
    public SignIn costlierSignIn() {
        return signIn(new Passwords(PEPPER, COST + 1, pool));
    }

    public static SetupForm firstAdmin(String username) {
        return new SetupForm(new PersonForm(username, PASSWORD, null, null), true, null);
    }

    /** Sets the library up; the admin is ada. */
    public SignedIn setUp() {
        return signIn.setUp(NOBODY, firstAdmin("ada"), SITE);
    }

    public static InviteForm invite(Role role) {
        return new InviteForm(null, role, null, null, null, null, null);
    }

    public static JoinForm joinForm(String token, String username, String email) {
        return new JoinForm(token, username, PASSWORD, null, email);
    }

    /** Lets somebody in by invite and approval of {@code admin}. */
    public User join(User admin, String username, Role role) {
        String token =
                invites.create(actor(admin), Role.ADMIN, invite(role), SITE).token();
        long id = requests.submit(NOBODY, joinForm(token, username, username + "@example.org"), SITE);
        return requests.approve(actor(admin), Role.ADMIN, id, SITE);
    }

    public SignedIn logIn(String name) {
        return (SignedIn) signIn.logIn(NOBODY, new Attempt(name, PASSWORD, null));
    }

    public Optional<Caller> resolve(String token) {
        return credentials.bearer(token, NOBODY, true);
    }

    public static Actor actor(User user) {
        return new Actor(user.id(), "192.168.1.20", "test");
    }

    public List<AuditEntry> audited(String action) {
        return audit.list(new AuditFilter(null, action, null, null), null, 200);
    }

    /** One number out of the database. */
    public long number(String query, Object... parameters) {
        return database.read(sql -> sql.one(query, row -> row.number("n"), parameters))
                .orElseThrow();
    }

    public void change(String update, Object... parameters) {
        database.run((Sql sql) -> sql.update(update, parameters));
    }

    @Override
    public void close() {
        pool.close();
        database.close();
    }
}
