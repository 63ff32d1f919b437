package dev.latchkey.db;

import dev.latchkey.crypto.PrivateFiles;
import dev.latchkey.error.Problem;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the database file to the schema of this jar; one query decides whether there is anything to do. */
final class Schema {
    /** The newest file in {@code migrations/}. */
    static final int LATEST = 10;

    private static final Logger LOG = LoggerFactory.getLogger(Schema.class);

    private Schema() {}

    /** @throws Problem when the database is newer than this jar, or a migration fails */
    static void upgrade(Path file) {
        try {
            int current = version(file);
            if (current > LATEST) {
                throw Problem.unavailable(
                        "The database was written by a newer Latchkey (schema " + current + ", this one knows " + LATEST
                                + "). Start that version again, or restore the backup made before the upgrade.",
                        null);
            }
            if (current < LATEST) {
                migrate(file, current);
            }
        } catch (SQLException | IOException e) {
            throw Problem.unavailable("The database " + file + " cannot be opened: " + e.getMessage(), e);
        }
    }

    private static int version(Path file) throws SQLException {
        try (Connection connection = SqliteSource.migrator(file).getConnection();
                Statement statement = connection.createStatement()) {
            if (!exists(statement)) {
                return 0;
            }
            try (ResultSet result = statement.executeQuery(
                    "SELECT max(CAST(version AS INTEGER)) FROM flyway_schema_history WHERE success = 1")) {
                return result.next() ? result.getInt(1) : 0;
            }
        }
    }

    private static boolean exists(Statement statement) throws SQLException {
        try (ResultSet result =
                statement.executeQuery("SELECT 1 FROM sqlite_master WHERE name = 'flyway_schema_history'")) {
            return result.next();
        }
    }

    private static void migrate(Path file, int current) throws SQLException, IOException {
        if (current > 0) {
            copy(file, file.resolveSibling("latchkey-before-schema-" + LATEST + ".db"));
        }
        Flyway.configure()
                .dataSource(SqliteSource.migrator(file))
                .locations("classpath:migrations")
                .load()
                .migrate();
    }

    /** A whole and durable copy or none: into a temporary name, fsync, rename, fsync of the folder. */
    private static void copy(Path file, Path target) throws SQLException, IOException {
        Path temporary = target.resolveSibling(target.getFileName() + ".new");
        Files.deleteIfExists(temporary);
        try (Connection connection = SqliteSource.migrator(file).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("VACUUM INTO '" + temporary.toString().replace("'", "''") + "'");
        }
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        PrivateFiles.syncFolder(target.getParent());
        LOG.info("Kept a copy of the database before its upgrade: {}", target);
    }
}
