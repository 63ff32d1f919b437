package dev.latchkey.db;

import dev.latchkey.error.Problem;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Says what an {@link SQLException} means for the caller, without a word of SQL. */
final class SqlProblems {
    private SqlProblems() {}

    static Problem of(SQLException e) {
        if (e instanceof SQLTransientConnectionException) {
            return busy();
        }
        SQLiteErrorCode code =
                e instanceof SQLiteException sqlite ? sqlite.getResultCode() : SQLiteErrorCode.UNKNOWN_ERROR;
        return switch (SQLiteErrorCode.getErrorCode(code.code & 0xff)) {
            case SQLITE_FULL -> Problem.storageFull(e);
            case SQLITE_BUSY, SQLITE_LOCKED -> Problem.unavailable("The database is locked by another program.", e);
            case SQLITE_IOERR, SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_NOMEM ->
                Problem.unavailable("The database cannot be read or written at the moment. The log says why.", e);
            default -> Problem.internal(e);
        };
    }

    static Problem busy() {
        return Problem.busy("The library is very busy. Please try again in a moment.", Duration.ofSeconds(2));
    }
}
