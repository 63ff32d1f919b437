package dev.latchkey.db;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** Opens SQLite connections with every setting made by the driver before first use, and checks that they took. */
final class SqliteSource extends SQLiteDataSource {
    private static final int BUSY_TIMEOUT_MILLIS = 5000;
    /** 16 MB: a page that changes with every upload is then written to the database once for a hundred of them. */
    private static final int CHECKPOINT_PAGES = 4000;

    private static final Map<String, String> EXPECTED = Map.of(
            "journal_mode", "wal",
            "synchronous", "2",
            "foreign_keys", "1",
            "busy_timeout", Integer.toString(BUSY_TIMEOUT_MILLIS),
            "trusted_schema", "0");

    private SqliteSource(SQLiteConfig config, Path file) {
        super(config);
        setUrl("jdbc:sqlite:" + file);
    }

    /** For the one writer: transactions take the write lock when they begin, so that they never fail half-way. */
    static SqliteSource writer(Path file) {
        SQLiteConfig config = common();
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setWalAutocheckpoint(CHECKPOINT_PAGES);
        config.setTempStore(SQLiteConfig.TempStore.MEMORY); // what a savepoint may have to put back, some pages each
        return new SqliteSource(config, file);
    }

    /** For the upgrade at start, which may hold two connections at once and so cannot take the lock early. */
    static SqliteSource migrator(Path file) {
        return new SqliteSource(common(), file);
    }

    static SqliteSource reader(Path file) {
        SQLiteConfig config = common();
        config.setReadOnly(true);
        return new SqliteSource(config, file);
    }

    private static SQLiteConfig common() {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        config.setGetGeneratedKeys(false); // the driver would ask for them after each statement; RETURNING tells them
        return config;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        try {
            distrustSchema(connection);
            check(connection);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** The driver has no name for this one: functions in a tampered schema must not run. */
    private static void distrustSchema(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA trusted_schema = OFF");
        }
    }

    private static void check(Connection connection) throws SQLException {
        for (Map.Entry<String, String> pragma : EXPECTED.entrySet()) {
            try (Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery("PRAGMA " + pragma.getKey())) {
                String actual = result.next() ? result.getString(1) : "nothing";
                if (!pragma.getValue().equalsIgnoreCase(actual)) {
                    throw new SQLException("The database came back with " + pragma.getKey() + "=" + actual
                            + " instead of " + pragma.getValue() + "; is the data folder on a local disk?");
                }
            }
        }
    }
}
