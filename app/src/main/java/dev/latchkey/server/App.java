package dev.latchkey.server;

import dev.latchkey.account.Leftovers;
import dev.latchkey.api.RunningJar;
import dev.latchkey.config.Config;
import dev.latchkey.mail.Postman;
import dev.latchkey.server.Retention.Part;
import java.time.Clock;
import java.time.Duration;

/** What a server is made of, floor by floor; each floor wires its own parts. */
record App(
        Ground ground,
        AccountParts accounts,
        JoiningParts joining,
        SessionParts sessions,
        LibraryParts library,
        WebParts web,
        Retention retention) {

    static App open(Config config, Clock clock, RunningJar jar, Resources resources) {
        Ground ground = Ground.open(config, clock, resources);
        resources.add(Postman.start(ground.database(), ground.outbox(), config.smtp(), config.instanceName(), clock));
        AccountParts accounts = new AccountParts(ground);
        JoiningParts joining = new JoiningParts(ground, accounts);
        SessionParts sessions = new SessionParts(ground, accounts, joining);
        LibraryParts library = new LibraryParts(ground, accounts);
        WebParts web = new WebParts(ground, accounts, joining, sessions, library, jar);
        return new App(
                ground, accounts, joining, sessions, library, web, retention(ground, accounts, sessions, library));
    }

    /** What is forgotten when it has had its time and what is tidied up, in the order in which it is. */
    private static Retention retention(
            Ground ground, AccountParts accounts, SessionParts sessions, LibraryParts library) {
        Duration auditKept = Duration.ofDays(ground.config().auditRetainDays());
        Leftovers leftovers = accounts.leftovers;
        return new Retention(
                new Part("sign-ins", sessions.sessions::sweepExpired),
                new Part("personal access tokens", sessions.personalTokens::sweepExpired),
                new Part("half-finished sign-ins", sessions.challenges::sweepExpired),
                new Part("devices that waited", sessions.devices::sweepExpired),
                new Part("delays of sign-ins", accounts.delays::sweep),
                new Part("known addresses", accounts.addresses::sweep),
                new Part("one-time links", leftovers::sweepLinks),
                new Part("invites", leftovers::sweepInvites),
                new Part("requests to join", leftovers::sweepJoinRequests),
                new Part("join codes", sessions.joinCodes::sweepEnded),
                new Part("wrong join codes", sessions.codeBudgets::sweep),
                new Part("mails", leftovers::sweepMails),
                new Part("requests to delete", limit -> library.deletionRequests.sweep(auditKept, limit)),
                new Part("audit rows", limit -> ground.audit().sweep(auditKept, limit)),
                new Part("pages of the search index", library.searchUpkeep::merge));
    }
}
