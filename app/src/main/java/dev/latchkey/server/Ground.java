package dev.latchkey.server;

import dev.latchkey.api.Announcements;
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
import dev.latchkey.http.EventStreams;
import dev.latchkey.mail.Outbox;
import java.nio.file.Files;
import java.time.Clock;

/** What every other floor stands on: the data folder, its keys, the database, what writes the audit and the mails, what tells the news. */
record Ground(
        Config config,
        Clock clock,
        DataFolder folder,
        Keys keys,
        Secrets secrets,
        Passwords passwords,
        Database database,
        Audit audit,
        Outbox outbox,
        EventStreams streams,
        Announcements announcements) {

    /** Opens the data folder and brings the database up to date; {@code resources} closes both. */
    static Ground open(Config config, Clock clock, Resources resources) {
        DataFolder folder = resources.add(DataFolder.open(config.dataDir()));
        Keys keys = KeyFile.open(folder.file("keys.properties"), !Files.exists(folder.database()));
        HashingPool hashing = resources.add(new HashingPool());
        Database database = resources.add(Database.open(folder.database()));
        EventStreams streams = resources.add(new EventStreams(clock));
        return new Ground(
                config,
                clock,
                folder,
                keys,
                new Secrets(),
                new Passwords(keys.pepper(), config.passwords().bcryptCost(), hashing),
                database,
                new Audit(database, clock),
                new Outbox(new Sealer(keys.derived("mail")), config.instanceName(), clock),
                streams,
                new Announcements(streams));
    }
}
