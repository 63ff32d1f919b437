package dev.latchkey.server;

import dev.latchkey.account.KnownAddresses;
import dev.latchkey.account.PasswordPolicy;
import dev.latchkey.account.Rescue;
import dev.latchkey.account.Revocation;
import dev.latchkey.account.SecondFactors;
import dev.latchkey.account.SignInDelays;
import dev.latchkey.account.UserCache;
import dev.latchkey.audit.Audit;
import dev.latchkey.config.Config;
import dev.latchkey.crypto.HashingPool;
import dev.latchkey.crypto.KeyFile;
import dev.latchkey.crypto.Keys;
import dev.latchkey.crypto.Passwords;
import dev.latchkey.crypto.Sealer;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.db.DataFolder;
import dev.latchkey.db.Database;
import dev.latchkey.error.Problem;
import dev.latchkey.mail.Outbox;
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
        DataFolder folder = resources.add(DataFolder.open(config.dataDir()));
        Keys keys = KeyFile.open(folder.file("keys.properties"), false);
        HashingPool hashing = resources.add(new HashingPool());
        Database database = resources.add(Database.open(folder.database()));
        Outbox outbox = new Outbox(new Sealer(keys.derived("mail")), config.instanceName(), clock);
        KnownAddresses addresses = new KnownAddresses(database, outbox, clock);
        return new Rescue(
                database,
                new Revocation(new UserCache(database)),
                new SecondFactors(keys, new Secrets(), config.instanceName(), clock),
                new SignInDelays(database, addresses, keys, config.throttleFactor(), clock),
                new Audit(database, clock),
                new PasswordPolicy(config.passwords(), config.instanceName()),
                new Passwords(keys.pepper(), config.passwords().bcryptCost(), hashing));
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
