package dev.latchkey.server;

import dev.latchkey.api.RunningJar;
import dev.latchkey.config.Config;
import dev.latchkey.error.Problem;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A running Latchkey: everything wired by hand, once, in reading order. */
public final class Server implements AutoCloseable {
    private final Resources resources;
    private final Config config;
    private final App app;
    private final HttpServer http;

    private Server(Resources resources, Config config, App app, HttpServer http) {
        this.resources = resources;
        this.config = config;
        this.app = app;
        this.http = http;
    }

    /**
     * Opens the data folder and listens.
     *
     * @throws Problem when the folder is in use or unusable, the database is newer, the port is taken, or the first admin of
     *     the configuration is refused; nothing stays open then
     */
    public static Server start(Config config, Clock clock) {
        return start(config, clock, RunningJar.here());
    }

    /** As {@link #start(Config, Clock)}, and hands out {@code jar} as the command line. */
    public static Server start(Config config, Clock clock, RunningJar jar) {
        Resources resources = new Resources();
        try {
            App app = App.open(config, clock, jar, resources);
            config.firstAdmin().ifPresent(app.joining().configuredAdmin::ensure);
            prepareSetupCode(app);
            resources.add(new Jobs(app));
            resources.add(app.library().extraction).start();
            HttpServer http = resources.add(HttpServer.start(
                    config.listen(),
                    app.web().hostNames,
                    app.web().arrival,
                    app.web().gate,
                    app.web().renderer,
                    app.ground().streams(),
                    app.web().routes.all()));
            return new Server(resources, config, app, http);
        } catch (RuntimeException e) {
            resources.close();
            throw e;
        }
    }

    /** Whoever starts us without a console reads the code in its file; after setup a kill may have left it there. */
    private static void prepareSetupCode(App app) {
        if (app.accounts().instance.isShared()) {
            app.joining().setupCode.discard();
        } else {
            app.joining().setupCode.show();
        }
    }

    /** The version in the jar's manifest; outside of a jar, {@code development}. */
    public static String version() {
        return Optional.ofNullable(Server.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    /** The port that is really listened on. */
    public int port() {
        return http.port();
    }

    /** Every route that is served. */
    public Routes routes() {
        return app.web().routes;
    }

    /** What to tell the person who started this: where it listens, in which mode, and how to set it up. */
    public List<String> announcement() {
        String host = config.listen().host();
        boolean anywhere = host.equals("0.0.0.0") || host.equals("[::]");
        String base = "http://" + (anywhere ? "localhost" : host) + ":" + port();
        List<String> lines = new ArrayList<>();
        lines.add("Latchkey " + version() + " is listening on " + base + (anywhere ? " (all addresses)" : ""));
        if (config.throttleFactor() == 0) {
            lines.add("WARNING: throttle.factor=0, so nothing slows down whoever guesses passwords.");
        }
        if (app.accounts().instance.isShared()) {
            lines.add("Mode: shared. Everyone signs in at " + base + "/login");
        } else {
            lines.add("Mode: local. Only this machine can use the library, without a login"
                    + (config.openToLan() ? "; local.open_to_lan also lets in the local network." : "."));
            lines.add("To share it, make the first account at " + base + "/setup");
            lines.add("From another machine, setup asks for this code: "
                    + app.joining().setupCode.show());
        }
        return lines;
    }

    /** Lets requests under way finish, then closes the database and gives the data folder free. */
    @Override
    public void close() {
        resources.close();
    }
}
