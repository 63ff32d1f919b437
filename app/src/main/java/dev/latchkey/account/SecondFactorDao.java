package dev.latchkey.account;

import dev.latchkey.db.Sql;
import java.time.Instant;
import java.util.Optional;

/** The table {@code second_factors}. */
final class SecondFactorDao {
    /** Starts over with a secret that is not confirmed yet; false when a second factor is on. */
    boolean enroll(Sql sql, long userId, String sealedSecret, Instant now) {
        return sql.update("""
                        INSERT INTO second_factors (user_id, sealed_secret, created_at) VALUES (?, ?, ?)
                        ON CONFLICT (user_id) DO UPDATE SET sealed_secret = ?, created_at = ?, last_step = 0
                        WHERE second_factors.confirmed_at IS NULL""", userId, sealedSecret, now, sealedSecret, now) > 0;
    }

    Optional<String> enrolled(Sql sql, long userId) {
        return sql.one(
                "SELECT sealed_secret FROM second_factors WHERE user_id = ? AND confirmed_at IS NULL",
                row -> row.text("sealed_secret"),
                userId);
    }

    Optional<String> confirmed(Sql sql, long userId) {
        return sql.one(
                "SELECT sealed_secret FROM second_factors WHERE user_id = ? AND confirmed_at IS NOT NULL",
                row -> row.text("sealed_secret"),
                userId);
    }

    /** Switches the second factor on with the step whose code confirmed it; false when it was on already. */
    boolean confirm(Sql sql, long userId, long step, Instant now) {
        return sql.update("""
                        UPDATE second_factors SET confirmed_at = ?, last_step = ?
                        WHERE user_id = ? AND confirmed_at IS NULL""", now, step, userId) > 0;
    }

    /**
     * Uses up a step and all before it; false when that has happened before. One that lies more than {@code ahead}
     * steps behind this was used while the clock was wrong, and does not count.
     */
    boolean useStep(Sql sql, long userId, long step, long ahead) {
        return sql.update("""
                        UPDATE second_factors SET last_step = ?
                        WHERE user_id = ? AND confirmed_at IS NOT NULL AND (last_step < ? OR last_step > ?)""", step, userId, step, step + ahead) > 0;
    }

    /** Takes the second factor away, confirmed or not; false when there was none. */
    boolean delete(Sql sql, long userId) {
        return sql.update("DELETE FROM second_factors WHERE user_id = ?", userId) > 0;
    }
}
