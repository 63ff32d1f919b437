package dev.latchkey.db;

import java.sql.SQLException;

/** Takes in one row of a result. */
@FunctionalInterface
public interface RowReader {
    void read(Row row) throws SQLException;
}
