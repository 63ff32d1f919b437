package dev.latchkey.server;

import dev.latchkey.account.Instance;
import dev.latchkey.account.SecondFactors;
import dev.latchkey.account.UserCache;
import dev.latchkey.audit.Audit;
import dev.latchkey.config.Config;
import dev.latchkey.crypto.Keys;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.db.Database;
import dev.latchkey.mail.Outbox;
import dev.latchkey.session.AccessTokens;
import dev.latchkey.session.Challenges;
import dev.latchkey.session.CodeBudgets;
import dev.latchkey.session.Credentials;
import dev.latchkey.session.DeviceCodes;
import dev.latchkey.session.Families;
import dev.latchkey.session.JoinCodeExchange;
import dev.latchkey.session.JoinCodes;
import dev.latchkey.session.PasswordChanges;
import dev.latchkey.session.PersonalTokens;
import dev.latchkey.session.Proofs;
import dev.latchkey.session.RefreshTokens;
import dev.latchkey.session.Sessions;
import dev.latchkey.session.SignIn;
import dev.latchkey.session.TokenGrants;
import java.net.URI;
import java.time.Clock;

/** Everything that says who a request comes from, and the ways to get it. */
final class SessionParts {
    final Sessions sessions;
    final Families families;
    final PersonalTokens personalTokens;
    final Credentials credentials;
    final Challenges challenges;
    final SignIn signIn;
    final DeviceCodes devices;
    final CodeBudgets codeBudgets;
    final JoinCodes joinCodes;
    final JoinCodeExchange joinCodeExchange;
    final PasswordChanges passwordChanges;
    final TokenGrants tokenGrants;

    SessionParts(Ground on, AccountParts accounts, JoiningParts joining) {
        Config config = on.config();
        Clock clock = on.clock();
        Database database = on.database();
        Audit audit = on.audit();
        Outbox outbox = on.outbox();
        Secrets secrets = on.secrets();
        Keys keys = on.keys();
        UserCache people = accounts.people;
        Instance instance = accounts.instance;
        SecondFactors secondFactors = accounts.secondFactors;

        sessions = new Sessions(database, people, audit, secrets, config.sessions(), clock);
        String issuer = config.network().publicUrl().map(URI::toString).orElse("latchkey");
        AccessTokens accessTokens =
                new AccessTokens(keys.jwtSecret(), issuer, config.sessions().accessToken(), clock);
        RefreshTokens refreshTokens = new RefreshTokens(secrets, keys.derived("refresh"));
        families = new Families(
                database, people, audit, outbox, sessions, accessTokens, refreshTokens, config.sessions(), clock);
        personalTokens = new PersonalTokens(database, people, audit, outbox, secrets, clock);
        credentials = new Credentials(sessions, families, personalTokens);

        Proofs proofs = new Proofs(
                database,
                audit,
                accounts.logins,
                accounts.delays,
                accounts.addresses,
                secondFactors,
                on.passwords(),
                clock);
        challenges = new Challenges(database, proofs, secondFactors, secrets, clock);
        signIn = new SignIn(audit, instance, joining.setup, joining.registration, proofs, challenges, sessions);
        tokenGrants = new TokenGrants(instance, proofs, families, audit);
        passwordChanges = new PasswordChanges(database, accounts.ownPassword, sessions, accounts.revocation);

        byte[] userCodeKey = keys.derived("device code");
        devices = new DeviceCodes(database, instance, proofs, families, audit, secrets, userCodeKey, clock);
        codeBudgets = new CodeBudgets(database, audit, config.throttleFactor(), clock);
        joinCodes = new JoinCodes(database, joining.guests, audit, secrets, keys, config.joinCodeTtl(), clock);
        joinCodeExchange = new JoinCodeExchange(
                database, instance, accounts.logins, sessions, families, joinCodes, codeBudgets, audit, clock);
    }
}
