package dev.latchkey.db;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.latchkey.error.Problem;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConnection;

/**
 * One SQLite file: a single writer whose transactions begin IMMEDIATE, and a few readers that see the last commit.
 * A value is committed durably (WAL, {@code synchronous=FULL}) before {@link #write} returns.
 */
public final class Database implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final int WAIT_MILLIS = 10_000;

    private final HikariDataSource writer;
    private final HikariDataSource readers;
    private final Cache<Connection, Statements> statements =
            Caffeine.newBuilder().weakKeys().build();
    private final AtomicLong commits = new AtomicLong();
    private final ThreadLocal<Boolean> writing = ThreadLocal.withInitial(() -> Boolean.FALSE);
    private final Groups groups = new Groups(this::together, Duration.ofMillis(WAIT_MILLIS));

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
     * Runs {@code work} in one transaction on the writer: all of it is committed durably, or none. Work that waits at the
     * same time shares a transaction and its sync, each part in a savepoint of its own, and may run on another thread than
     * the one that waits for it; so it must not depend on its thread, nor take a lock that a caller of this method holds.
     *
     * @throws IllegalStateException when called inside another {@code write}
     */
    public <T> T write(Function<Sql, T> work) {
        if (writing.get()) {
            throw new IllegalStateException("A transaction inside a transaction");
        }
        return groups.run(work);
    }

    /** As {@link #write(Function)}, for work without a result. */
    public void run(Consumer<Sql> work) {
        write(sql -> {
            work.accept(sql);
            return null;
        });
    }

    private void together(List<Unit<?>> group) {
        try (Connection connection = writer.getConnection()) {
            writing.set(Boolean.TRUE);
            transaction(connection, group);
        } catch (SQLException | RuntimeException e) {
            group.forEach(unit -> unit.fall(e));
        } finally {
            writing.remove();
        }
    }

    private void transaction(Connection pooled, List<Unit<?>> group) throws SQLException {
        SQLiteConnection connection = pooled.unwrap(SQLiteConnection.class);
        connection.setAutoCommit(false); // the driver begins here, and commits when it is set back
        try {
            work(connection, sql(pooled), group);
        } catch (SQLException | RuntimeException | Error e) {
            rollback(pooled, connection);
            throw e;
        }
        if (group.stream().allMatch(Unit::failed)) {
            rollback(pooled, connection);
            return;
        }
        commit(pooled, connection);
        commits.incrementAndGet();
        group.forEach(Unit::stand);
    }

    private static void work(SQLiteConnection connection, Sql sql, List<Unit<?>> group) throws SQLException {
        if (group.size() == 1) {
            group.get(0).run(sql);
            return;
        }
        for (Unit<?> unit : group) {
            Savepoint before = connection.setSavepoint();
            boolean well = unit.run(sql);
            try {
                if (!well) {
                    connection.rollback(before);
                }
                connection.releaseSavepoint(before);
            } catch (SQLException e) {
                // After a full or failing disk SQLite may roll everything back by itself; what came before falls with
                // it.
                throw unit.sqlFailure() == null ? e : unit.sqlFailure();
            }
        }
    }

    private void commit(Connection pooled, SQLiteConnection connection) throws SQLException {
        try {
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            discard(pooled, connection); // closing it rolls back whatever is left of the transaction
            throw e;
        }
    }

    private void rollback(Connection pooled, SQLiteConnection connection) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            LOG.warn("A transaction could not be rolled back; its connection is closed", e);
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

    /** How many threads wait for their turn at the writer. */
    int waiting() {
        return groups.waiting();
    }

    boolean isWriting() {
        return groups.isTaken();
    }

    @Override
    public void close() {
        readers.close();
        writer.close();
    }
}
