package dev.latchkey.db;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;

/** The current row of a result, read by column name in the types that the schema uses. */
public final class Row {
    private final ResultSet result;

    Row(ResultSet result) {
        this.result = result;
    }

    /** A column that is never null. */
    public long number(String column) throws SQLException {
        return result.getLong(column);
    }

    public Long numberOrNull(String column) throws SQLException {
        long value = result.getLong(column);
        return result.wasNull() ? null : Long.valueOf(value);
    }

    /** A column of the 0/1 kind. */
    public boolean flag(String column) throws SQLException {
        return result.getInt(column) != 0;
    }

    /** The text, or null. */
    public String text(String column) throws SQLException {
        return result.getString(column);
    }

    /** The time, or null; columns hold milliseconds since the epoch, UTC. */
    public Instant instant(String column) throws SQLException {
        long value = result.getLong(column);
        return result.wasNull() ? null : Instant.ofEpochMilli(value);
    }

    /** The enum constant whose lower-case name the column holds, or null. */
    public <E extends Enum<E>> E constant(String column, Class<E> type) throws SQLException {
        String value = result.getString(column);
        return value == null ? null : Enum.valueOf(type, value.toUpperCase(Locale.ROOT));
    }
}
