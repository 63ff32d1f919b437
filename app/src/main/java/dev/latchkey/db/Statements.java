package dev.latchkey.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The prepared statements of one connection, kept for the next call; the least used goes first. */
final class Statements {
    private static final Logger LOG = LoggerFactory.getLogger(Statements.class);
    private static final int LIMIT = 128;

    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new LinkedHashMap<>(16, 0.75f, true);

    Statements(Connection connection) {
        this.connection = connection;
    }

    PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
            dropOldest();
        }
        return statement;
    }

    /** Drops a statement that failed: the driver frees it after a full disk or a failing one, and does not say so. */
    void forget(String sql) {
        PreparedStatement failed = prepared.remove(sql);
        try {
            if (failed != null) {
                failed.close();
            }
        } catch (SQLException e) {
            LOG.debug("A statement that failed could not be closed", e);
        }
    }

    private void dropOldest() throws SQLException {
        if (prepared.size() > LIMIT) {
            String oldest = prepared.keySet().iterator().next();
            prepared.remove(oldest).close();
        }
    }
}
