package dev.latchkey.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;

/** Looks into a data folder that no process uses, on copies of the database's files, so that nothing is recovered yet. */
final class DataFolderCheck {
    private DataFolderCheck() {}

    /** Every row has its bytes, the database is sound, and leftovers lie only where the sweep looks for them. */
    static void assertSound(Path data, Path scratch) {
        try {
            for (String name : List.of("latchkey.db", "latchkey.db-wal", "latchkey.db-shm")) {
                Files.deleteIfExists(scratch.resolve(name));
                if (Files.exists(data.resolve(name))) {
                    Files.copy(data.resolve(name), scratch.resolve(name));
                }
            }
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + scratch.resolve("latchkey.db"));
                    Statement statement = connection.createStatement()) {
                assertDatabase(statement);
                assertBlobs(statement, data);
            }
            assertLayout(data);
        } catch (SQLException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertDatabase(Statement statement) throws SQLException {
        try (ResultSet result = statement.executeQuery("PRAGMA integrity_check")) {
            assertThat(result.getString(1)).isEqualTo("ok");
        }
        try (ResultSet result = statement.executeQuery("PRAGMA foreign_key_check")) {
            assertThat(result.next()).as("a foreign key that leads nowhere").isFalse();
        }
    }

    private static void assertBlobs(Statement statement, Path data) throws SQLException, IOException {
        try (ResultSet rows = statement.executeQuery("SELECT sha256, size_bytes FROM media")) {
            while (rows.next()) {
                String hash = rows.getString(1);
                byte[] content = Files.readAllBytes(
                        data.resolve("blobs").resolve(hash.substring(0, 2)).resolve(hash.substring(2)));
                assertThat(content).hasSize(rows.getInt(2));
                assertThat(Workload.sha256(content)).isEqualTo(hash);
            }
        }
    }

    private static void assertLayout(Path data) throws IOException {
        try (Stream<Path> files = Files.walk(data.resolve("blobs"))) {
            files.filter(Files::isRegularFile).forEach(file -> {
                String hash =
                        file.getParent().getFileName() + file.getFileName().toString();
                assertThat(hash).matches("[0-9a-f]{64}");
                try {
                    assertThat(Workload.sha256(Files.readAllBytes(file))).isEqualTo(hash);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        try (Stream<Path> copies = Files.walk(data.resolve("native"))) {
            assertThat(copies.filter(path -> path.toString().matches(".*\\.(so|dll|dylib)")))
                    .as("native library copies")
                    .hasSizeLessThanOrEqualTo(1);
        }
    }
}
