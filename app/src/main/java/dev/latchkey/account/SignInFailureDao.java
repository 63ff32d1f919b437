package dev.latchkey.account;

import dev.latchkey.db.Sql;
import java.time.Instant;
import java.util.Optional;

/** The table {@code sign_in_failures}. */
final class SignInFailureDao {
    /** How often in a row an account was refused, and until when it has to wait (null: it need not). */
    record Streak(long failures, Instant delayedUntil) {
        static final Streak NONE = new Streak(0, null);
    }

    static final String DELETE_OLD = """
            DELETE FROM sign_in_failures WHERE account IN (
                SELECT account FROM sign_in_failures WHERE last_failure_at < ? ORDER BY last_failure_at LIMIT ?)""";

    Streak find(Sql sql, String account) {
        return sql.one(
                        "SELECT failures, delayed_until FROM sign_in_failures WHERE account = ?",
                        row -> new Streak(row.number("failures"), row.instant("delayed_until")),
                        account)
                .orElse(Streak.NONE);
    }

    /** Counts one more failure, and says how many that makes. */
    long countUp(Sql sql, String account, Instant now) {
        return sql.one("""
                        INSERT INTO sign_in_failures (account, failures, last_failure_at) VALUES (?, 1, ?)
                        ON CONFLICT (account) DO UPDATE SET failures = failures + 1, last_failure_at = ?
                        RETURNING failures""", row -> row.number("failures"), account, now, now).orElseThrow();
    }

    void delay(Sql sql, String account, Instant until) {
        sql.update("UPDATE sign_in_failures SET delayed_until = ? WHERE account = ?", until, account);
    }

    /** The last end of a delay after {@code now} and by {@code latest}, of the same accounts as {@link #delete}. */
    Optional<Instant> delayedUntil(Sql sql, String account, String from, String to, Instant now, Instant latest) {
        return sql.one("""
                SELECT delayed_until FROM sign_in_failures
                WHERE (account = ? OR account >= ? AND account < ?) AND delayed_until > ? AND delayed_until <= ?
                ORDER BY delayed_until DESC LIMIT 1""", row -> row.instant("delayed_until"), account, from, to, now, latest);
    }

    /** Forgets {@code account}, and all accounts from {@code from} up to but not including {@code to}. */
    boolean delete(Sql sql, String account, String from, String to) {
        return sql.update(
                        "DELETE FROM sign_in_failures WHERE account = ? OR account >= ? AND account < ?",
                        account,
                        from,
                        to)
                > 0;
    }

    /** Drops the oldest names that belong to nobody, so that about {@code limit} are left. */
    void trimNames(Sql sql, int limit) {
        sql.update("""
                DELETE FROM sign_in_failures WHERE account IN (
                    SELECT account FROM sign_in_failures WHERE account LIKE 'name:%'
                    ORDER BY last_failure_at DESC LIMIT 1000 OFFSET ?)""", limit);
    }

    int deleteOlderThan(Sql sql, Instant time, int limit) {
        return sql.update(DELETE_OLD, time, limit);
    }
}
