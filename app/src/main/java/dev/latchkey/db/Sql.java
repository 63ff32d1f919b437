package dev.latchkey.db;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Runs SQL on one connection. Parameters may be null, text, numbers, booleans (stored as 0/1), instants (stored as
 * milliseconds) and enum constants (stored as their lower-case name). Every method turns an {@link SQLException} into
 * a {@link dev.latchkey.error.Problem}.
 */
public final class Sql {
    private final Statements statements;

    Sql(Statements statements) {
        this.statements = statements;
    }

    /** Runs a statement that changes rows, and says how many it changed. */
    public int update(String sql, Object... parameters) {
        try {
            return prepare(sql, parameters).executeUpdate();
        } catch (SQLException e) {
            statements.forget(sql);
            throw SqlProblems.of(e);
        }
    }

    /** Runs an {@code INSERT … RETURNING} of one number, usually the new id; empty when nothing was inserted. */
    public Optional<Long> insert(String sql, Object... parameters) {
        return one(sql, row -> row.number("id"), parameters);
    }

    /** What the first row is mapped to; empty when there is none, or when that is null. */
    public <T> Optional<T> one(String sql, RowMapper<T> mapper, Object... parameters) {
        List<T> rows = list(sql, mapper, parameters);
        return rows.isEmpty() ? Optional.empty() : Optional.ofNullable(rows.get(0));
    }

    /** All rows, in order; never use it for a result without a bound. */
    public <T> List<T> list(String sql, RowMapper<T> mapper, Object... parameters) {
        try (ResultSet result = prepare(sql, parameters).executeQuery()) {
            List<T> rows = new ArrayList<>();
            Row row = new Row(result);
            while (result.next()) {
                rows.add(mapper.map(row));
            }
            return rows;
        } catch (SQLException e) {
            statements.forget(sql);
            throw SqlProblems.of(e);
        }
    }

    /** Hands over row after row, however many there are. */
    public void each(String sql, RowReader reader, Object... parameters) {
        try (ResultSet result = prepare(sql, parameters).executeQuery()) {
            Row row = new Row(result);
            while (result.next()) {
                reader.read(row);
            }
        } catch (SQLException e) {
            throw SqlProblems.of(e);
        }
    }

    /** Whether the query has a row. */
    public boolean exists(String sql, Object... parameters) {
        return one(sql, row -> Boolean.TRUE, parameters).isPresent();
    }

    private PreparedStatement prepare(String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = statements.prepare(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, stored(parameters[i]));
        }
        return statement;
    }

    private static Object stored(Object value) {
        if (value instanceof Instant instant) {
            return instant.toEpochMilli();
        }
        if (value instanceof Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT);
        }
        if (value instanceof Boolean flag) {
            return flag ? 1 : 0;
        }
        return value;
    }
}
