package dev.latchkey.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.error.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
    @TempDir
    Path parent;

    private DataFolder folder;
    private Database database;

    @BeforeEach
    void open() {
        folder = DataFolder.open(parent.resolve("data"));
        database = Database.open(folder.database());
    }

    @AfterEach
    void close() {
        database.close();
        folder.close();
    }

    @Test
    void every_connection_has_the_settings_that_durability_needs() {
        for (var reading : new boolean[] {true, false}) {
            assertThat(pragma(reading, "journal_mode")).isEqualTo("wal");
            assertThat(pragma(reading, "synchronous")).isEqualTo("2");
            assertThat(pragma(reading, "foreign_keys")).isEqualTo("1");
            assertThat(pragma(reading, "busy_timeout")).isEqualTo("5000");
            assertThat(pragma(reading, "trusted_schema")).isEqualTo("0");
        }
        String version = database.read(sql -> sql.one("SELECT sqlite_version() AS v", row -> row.text("v")))
                .orElseThrow();
        assertThat(version).isGreaterThanOrEqualTo("3.51.3");
    }

    private String pragma(boolean reading, String name) {
        return reading ? database.read(sql -> value(sql, name)) : database.write(sql -> value(sql, name));
    }

    private static String value(Sql sql, String pragma) {
        String column = pragma.equals("busy_timeout") ? "timeout" : pragma;
        return sql.one("PRAGMA " + pragma, row -> row.text(column)).orElseThrow();
    }

    @Test
    void readers_cannot_write() {
        assertThatThrownBy(() -> database.read(sql -> sql.update("DELETE FROM audit")))
                .isInstanceOf(Problem.class);
    }

    @Test
    void a_transaction_that_fails_leaves_nothing_and_the_next_one_works() {
        assertThatThrownBy(() -> database.run(sql -> {
                    insert(sql);
                    throw new IllegalStateException("on purpose");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(rows()).isZero();
        database.run(DatabaseTest::insert);
        assertThat(rows()).isOne();
    }

    @Test
    void a_transaction_inside_a_transaction_is_refused() {
        assertThatThrownBy(() -> database.run(sql -> database.run(DatabaseTest::insert)))
                .isInstanceOf(IllegalStateException.class);
        database.run(DatabaseTest::insert);
        assertThat(rows()).isOne();
    }

    /** The driver frees a statement that met a full disk, and still says that it is open. */
    @Test
    void a_statement_that_failed_works_again_once_there_is_room() {
        database.run(DatabaseTest::insertMuch);
        database.run(sql -> sql.one("PRAGMA max_page_count = 1", row -> row.number("max_page_count")));
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> database.run(DatabaseTest::insertMuch))
                    .isInstanceOfSatisfying(
                            Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.STORAGE_FULL));
        }
        database.run(sql -> sql.one("PRAGMA max_page_count = 1000000", row -> row.number("max_page_count")));
        database.run(DatabaseTest::insertMuch);
        assertThat(rows()).isEqualTo(2);
    }

    private static void insertMuch(Sql sql) {
        sql.one(
                "INSERT INTO audit (at, action) VALUES (1, hex(zeroblob(100000))) RETURNING id",
                row -> row.number("id"));
    }

    private static void insert(Sql sql) {
        sql.update("INSERT INTO audit (at, action) VALUES (1, 'test.insert')");
    }

    private long rows() {
        return database.read(sql -> sql.one("SELECT count(*) AS n FROM audit", row -> row.number("n")))
                .orElseThrow();
    }

    @Test
    void a_second_process_on_the_same_folder_gets_a_clear_error() {
        assertThatThrownBy(() -> DataFolder.open(parent.resolve("data")))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("Another Latchkey");
    }

    @Test
    void the_data_folder_is_private() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(parent.resolve("data"))))
                .isEqualTo("rwx------");
    }

    @Test
    void a_database_newer_than_the_jar_is_refused() {
        database.run(sql -> sql.update("""
                INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, installed_by,
                    execution_time, success) VALUES (99, '99', 'future', 'SQL', 'V099__future.sql', 'test', 1, 1)"""));
        database.close();
        assertThatThrownBy(() -> Database.open(folder.database()))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("newer Latchkey");
    }

    @Test
    void an_upgrade_keeps_what_is_there_and_a_copy_of_the_database_as_it_was() throws SQLException {
        Path old = parent.resolve("old.db");
        Flyway.configure()
                .dataSource(SqliteSource.migrator(old))
                .locations("classpath:migrations")
                .target("4")
                .load()
                .migrate();
        try (Connection connection = SqliteSource.migrator(old).getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(
                    "INSERT INTO users (username, display_name, role, created_at) VALUES ('ada', 'Ada', 'admin', 1)");
        }
        try (Database upgraded = Database.open(old)) {
            assertThat(upgraded.<Boolean>read(sql -> sql.exists("SELECT 1 FROM users WHERE username = 'ada'")))
                    .isTrue();
        }
        assertThat(parent.resolve("latchkey-before-schema-" + Schema.LATEST + ".db"))
                .exists();
    }

    @Test
    void the_newest_migration_is_the_one_the_jar_knows() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("migrations"))) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.matches("V\\d{3}__[a-z_]+\\.sql"))
                            .max(String::compareTo))
                    .hasValueSatisfying(name -> assertThat(name).startsWith("V%03d__".formatted(Schema.LATEST)));
        }
    }
}
