package dev.latchkey.account;

import dev.latchkey.db.Sql;
import java.time.Instant;

/** The table {@code backup_codes}. */
final class BackupCodeDao {
    void insert(Sql sql, long userId, String hmac) {
        sql.update("INSERT INTO backup_codes (user_id, code_hmac) VALUES (?, ?)", userId, hmac);
    }

    /** Uses a code up; false when there is none like it, or it was used before. */
    boolean use(Sql sql, long userId, String hmac, Instant now) {
        return sql.update("""
                        UPDATE backup_codes SET used_at = ?
                        WHERE user_id = ? AND code_hmac = ? AND used_at IS NULL""", now, userId, hmac) > 0;
    }

    void deleteAll(Sql sql, long userId) {
        sql.update("DELETE FROM backup_codes WHERE user_id = ?", userId);
    }
}
