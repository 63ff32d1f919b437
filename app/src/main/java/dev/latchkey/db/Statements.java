package dev.latchkey.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The prepared statements of one connection, kept for the next call; the least used goes first. */
final class Statements {
    private static final int LIMIT = 128;

    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new LinkedHashMap<>(16, 0.75f, true);

    Statements(Connection connection) {
        this.connection = connection;
    }

    PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null || statement.isClosed()) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
            dropOldest();
        }
        return statement;
    }

    private void dropOldest() throws SQLException {
        if (prepared.size() > LIMIT) {
            String oldest = prepared.keySet().iterator().next();
            prepared.remove(oldest).close();
        }
    }
}
