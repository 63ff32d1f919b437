package dev.latchkey.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;

/** The least that storing a file safely takes: write, fsync, rename, fsync of the folder, one durable commit. */
final class BareStore implements AutoCloseable {
    private final Path folder;
    private final Connection connection;
    private final PreparedStatement insert;
    private final AtomicLong next = new AtomicLong();

    BareStore(Path folder) throws SQLException, IOException {
        this.folder = folder;
        this.connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("bare.db"));
        run("PRAGMA journal_mode=WAL");
        run("PRAGMA synchronous=FULL");
        run("CREATE TABLE file (id INTEGER PRIMARY KEY, size INTEGER NOT NULL, stored_at INTEGER NOT NULL) STRICT");
        this.insert = connection.prepareStatement("INSERT INTO file (id, size, stored_at) VALUES (?, ?, ?)");
        assertDurable();
        for (int i = 0; i < 256; i++) {
            Files.createDirectory(folder.resolve("%02x".formatted(i)));
        }
    }

    void store(byte[] bytes) throws IOException, SQLException {
        long id = next.incrementAndGet();
        Path temporary = folder.resolve("tmp-" + id);
        try (FileChannel file = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(bytes));
            file.force(true);
        }
        Path shelf = folder.resolve("%02x".formatted(id & 0xff));
        Files.move(temporary, shelf.resolve(Long.toString(id)), StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel entries = FileChannel.open(shelf, StandardOpenOption.READ)) {
            entries.force(true);
        }
        commit(id, bytes.length);
    }

    @Override
    public void close() throws SQLException {
        insert.close();
        connection.close();
    }

    private synchronized void commit(long id, int size) throws SQLException {
        insert.setLong(1, id);
        insert.setInt(2, size);
        insert.setLong(3, System.currentTimeMillis());
        insert.executeUpdate();
    }

    private void assertDurable() throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet mode = statement.executeQuery("PRAGMA synchronous")) {
            if (mode.getInt(1) != 2) {
                throw new SQLException("synchronous=FULL was not taken");
            }
        }
    }

    private void run(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
