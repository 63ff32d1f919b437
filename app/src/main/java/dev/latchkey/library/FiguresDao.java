package dev.latchkey.library;

import dev.latchkey.db.Sql;

/** Counts what there is, each by an index that is much smaller than the table. */
final class FiguresDao {
    static final String SHOWN =
            "SELECT count(*) AS n, sum(size_bytes) AS bytes FROM media INDEXED BY media_by_size WHERE trashed_at IS NULL";

    static final String TRASH =
            "SELECT count(*) AS n, sum(size_bytes) AS bytes FROM media INDEXED BY media_trash WHERE trashed_at IS NOT NULL";

    /** How many rows there are, and the sum of their bytes. */
    record Files(long number, long bytes) {}

    Files shown(Sql sql) {
        return files(sql, SHOWN);
    }

    Files trash(Sql sql) {
        return files(sql, TRASH);
    }

    private static Files files(Sql sql, String query) {
        return sql.one(query, row -> new Files(row.number("n"), row.number("bytes")))
                .orElseThrow();
    }

    long toExtract(Sql sql) {
        return count(sql, "SELECT count(*) AS n FROM media WHERE extraction = 'pending'");
    }

    long users(Sql sql) {
        return count(sql, "SELECT count(*) AS n FROM users WHERE deleted_at IS NULL");
    }

    long mails(Sql sql, String state) {
        return count(sql, "SELECT count(*) AS n FROM mail WHERE state = ?", state);
    }

    private static long count(Sql sql, String query, Object... parameters) {
        return sql.one(query, row -> row.number("n"), parameters).orElseThrow();
    }
}
