package dev.latchkey.server;

import dev.latchkey.account.KnownAddresses;
import dev.latchkey.account.PasswordPolicy;
import dev.latchkey.account.Rescue;
import dev.latchkey.account.Revocation;
import dev.latchkey.account.SecondFactors;
import dev.latchkey.account.SignInDelays;
import dev.latchkey.account.UserCache;
import dev.latchkey.config.Config;
import dev.latchkey.error.Problem;
import java.nio.file.Files;
import java.time.Clock;

/** A data folder opened by a command on the server's own machine, while no server runs on it. */
public final class Maintenance implements AutoCloseable {
    private final Resources resources;
    private final Rescue rescue;

    private Maintenance(Resources resources, Rescue rescue) {
        this.resources = resources;
        this.rescue = rescue;
    }

    /** @throws Problem when there is no library, or a server is running on it */
    public static Maintenance open(Config config, Clock clock) {
        if (!Files.exists(config.dataDir().resolve("latchkey.db"))) {
            throw Problem.notFound("There is no library in " + config.dataDir().toAbsolutePath()
                    + ". Run this where the server runs, or name its configuration with --config.");
        }
        Resources resources = new Resources();
        try {
            return new Maintenance(resources, rescue(config, clock, resources));
        } catch (RuntimeException e) {
            resources.close();
            throw e;
        }
    }

    private static Rescue rescue(Config config, Clock clock, Resources resources) {
        Ground on = Ground.open(config, clock, resources);
        KnownAddresses addresses = new KnownAddresses(on.database(), on.outbox(), clock);
        return new Rescue(
                on.database(),
                new Revocation(new UserCache(on.database())),
                new SecondFactors(on.keys(), on.secrets(), config.instanceName(), clock),
                new SignInDelays(on.database(), addresses, on.keys(), config.throttleFactor(), clock),
                on.audit(),
                new PasswordPolicy(config.passwords(), config.instanceName()),
                on.passwords(),
                clock);
    }

    /** What can be done for people. */
    public Rescue rescue() {
        return rescue;
    }

    /** Gives the data folder free again. */
    @Override
    public void close() {
        resources.close();
    }
}
