package dev.latchkey.server;

import dev.latchkey.api.RunningJar;
import dev.latchkey.config.Config;
import dev.latchkey.http.Arrival;
import dev.latchkey.http.Gate;
import dev.latchkey.http.HostNames;
import dev.latchkey.http.ProblemRenderer;
import dev.latchkey.http.Throttles;
import dev.latchkey.session.Credentials;
import dev.latchkey.web.PageHandler;

/** The HTTP end: what a request passes, and the table of routes. */
final class WebParts {
    final HostNames hostNames;
    final Arrival arrival;
    final Gate gate;
    final ProblemRenderer renderer;
    final Routes routes;

    WebParts(
            Ground on,
            AccountParts accounts,
            JoiningParts joining,
            SessionParts sessions,
            LibraryParts library,
            RunningJar jar) {
        Config config = on.config();
        Throttles throttles = new Throttles(config.throttleFactor(), on.clock());
        Credentials credentials = sessions.credentials;
        PageHandler pages = new PageHandler();

        hostNames = new HostNames(config.network());
        arrival = new Arrival(config.network(), hostNames);
        gate = new Gate(
                accounts.instance::isShared, config.openToLan(), credentials::bearer, credentials::cookie, throttles);
        renderer = new ProblemRenderer(pages::problemPage);
        routes = new Routes(Handlers.of(on, accounts, joining, sessions, library, throttles, jar, pages));
    }
}
