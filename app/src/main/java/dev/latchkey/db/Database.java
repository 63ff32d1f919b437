package dev.latchkey.db;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.latchkey.error.Problem;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.sqlite.SQLiteConnection;

/**
 * One SQLite file: a single writer whose transactions begin IMMEDIATE, and a few readers that see the last commit.
 * A value is committed durably (WAL, {@code synchronous=FULL}) before {@link #write} returns.
 */
public final class Database implements AutoCloseable {
    private static final int WAIT_MILLIS = 10_000;

    private final HikariDataSource writer;
    private final HikariDataSource readers;
    private final Cache<Connection, Statements> statements =
            Caffeine.newBuilder().weakKeys().build();
    private final AtomicLong commits = new AtomicLong();
    private final ThreadLocal<Boolean> writing = ThreadLocal.withInitial(() -> Boolean.FALSE);

    private Database(Path file) {
        writer = pool("writer", SqliteSource.writer(file), false, 1);
        readers = pool(
                "readers",
                SqliteSource.reader(file),
                true,
                2 * Runtime.getRuntime().availableProcessors());
    }

    /**
     * Opens the database in {@code file} and brings its schema up to date.
     *
     * @throws Problem when it cannot be opened, is not in WAL mode, or was written by a newer Latchkey
     */
    public static Database open(Path file) {
        Schema.upgrade(file);
        return new Database(file);
    }

    private static HikariDataSource pool(String name, DataSource source, boolean readOnly, int size) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setDataSource(source);
        config.setReadOnly(readOnly); // what the driver opened: it refuses to be told otherwise later
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(size);
        config.setConnectionTimeout(WAIT_MILLIS);
        config.setMaxLifetime(0);
        return new HikariDataSource(config);
    }

    /** How many transactions this process has committed: as long as it is the same number, reads find the same. */
    public long commits() {
        return commits.get();
    }

    /** Runs queries on a reader. Each query sees the last commit; a result never outlives the call. */
    public <T> T read(Function<Sql, T> work) {
        try (Connection connection = readers.getConnection()) {
            return work.apply(sql(connection));
        } catch (SQLException e) {
            throw SqlProblems.of(e);
        }
    }

    /**
     * Runs {@code work} in one transaction on the writer: all of it is committed durably, or none.
     *
     * @throws IllegalStateException when called inside another {@code write}
     */
    public <T> T write(Function<Sql, T> work) {
        if (writing.get()) {
            throw new IllegalStateException("A transaction inside a transaction");
        }
        try (Connection connection = writer.getConnection()) {
            writing.set(Boolean.TRUE);
            return transaction(connection, work);
        } catch (SQLException e) {
            throw SqlProblems.of(e);
        } finally {
            writing.remove();
        }
    }

    /** As {@link #write(Function)}, for work without a result. */
    public void run(Consumer<Sql> work) {
        write(sql -> {
            work.accept(sql);
            return null;
        });
    }

    private <T> T transaction(Connection pooled, Function<Sql, T> work) throws SQLException {
        SQLiteConnection connection = pooled.unwrap(SQLiteConnection.class);
        connection.setAutoCommit(false); // the driver begins here, and commits when it is set back
        T result;
        try {
            result = work.apply(sql(pooled));
        } catch (RuntimeException | Error e) {
            rollback(pooled, connection, e);
            throw e;
        }
        commit(pooled, connection);
        commits.incrementAndGet();
        return result;
    }

    private void commit(Connection pooled, SQLiteConnection connection) throws SQLException {
        try {
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            discard(pooled, connection); // closing it rolls back whatever is left of the transaction
            throw e;
        }
    }

    private void rollback(Connection pooled, SQLiteConnection connection, Throwable cause) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            cause.addSuppressed(e);
            discard(pooled, connection);
        }
    }

    private void discard(Connection pooled, SQLiteConnection connection) {
        statements.invalidate(connection);
        writer.evictConnection(pooled);
    }

    private Sql sql(Connection pooled) throws SQLException {
        Connection raw = pooled.unwrap(SQLiteConnection.class);
        return new Sql(statements.get(raw, Statements::new));
    }

    /** Checks that the file answers. @throws Problem when it does not */
    public void ping() {
        read(sql -> sql.exists("SELECT 1"));
    }

    @Override
    public void close() {
        readers.close();
        writer.close();
    }
}
