package dev.latchkey.mail;

import dev.latchkey.db.Row;
import dev.latchkey.db.Sql;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The table {@code mail}. */
public final class MailDao {
    private static final String SHOWN =
            "SELECT id, recipient, subject, state, attempts, next_attempt_at, last_error, created_at FROM mail";

    static final String DELETE_DONE = """
            DELETE FROM mail WHERE id IN (
                SELECT id FROM mail WHERE state <> 'pending' AND created_at <= ? ORDER BY created_at LIMIT ?)""";

    void insert(Sql sql, Mail mail, String subject, String sealedBody, Instant now) {
        sql.update("""
                INSERT INTO mail (recipient, subject, sealed_body, state, next_attempt_at, created_at, useless_at)
                VALUES (?, ?, ?, 'pending', ?, ?, ?)""", mail.recipient(), subject, sealedBody, now, now, mail.uselessAt());
    }

    /** How many mails were queued for an address since then, without regard to its case. */
    long countTo(Sql sql, String recipient, Instant since) {
        return sql.one(
                        "SELECT count(*) AS n FROM mail WHERE lower(recipient) = lower(?) AND created_at > ?",
                        row -> row.number("n"),
                        recipient,
                        since)
                .orElseThrow();
    }

    /** Newest first, from below {@code beforeId}; of any state when {@code state} is null. */
    public List<QueuedMail> list(Sql sql, QueuedMail.State state, long beforeId, int limit) {
        return state == null
                ? sql.list(SHOWN + " WHERE id < ? ORDER BY id DESC LIMIT ?", MailDao::queued, beforeId, limit)
                : sql.list(
                        SHOWN + " WHERE state = ? AND id < ? ORDER BY id DESC LIMIT ?",
                        MailDao::queued,
                        state,
                        beforeId,
                        limit);
    }

    public Optional<QueuedMail> find(Sql sql, long id) {
        return sql.one(SHOWN + " WHERE id = ?", MailDao::queued, id);
    }

    /** Makes a mail due now, with all its attempts ahead; false when it was sent, or its link expired. */
    public boolean retry(Sql sql, long id, Instant now) {
        return sql.update("""
                        UPDATE mail SET state = 'pending', attempts = 0, first_attempt_at = NULL, next_attempt_at = ?,
                            last_error = NULL
                        WHERE id = ? AND state <> 'sent' AND sealed_body IS NOT NULL
                            AND (useless_at IS NULL OR useless_at > ?)""", now, id, now) > 0;
    }

    public boolean delete(Sql sql, long id) {
        return sql.update("DELETE FROM mail WHERE id = ?", id) > 0;
    }

    /** Those whose turn has come, the longest due first. */
    List<DueMail> due(Sql sql, Instant now, int limit) {
        return sql.list("""
                SELECT * FROM mail WHERE state = 'pending' AND next_attempt_at <= ?
                ORDER BY next_attempt_at, id LIMIT ?""", MailDao::due, now, limit);
    }

    /** Writes down that a mail was sent, and wipes its body. */
    void sent(Sql sql, long id, Instant now) {
        sql.update("""
                UPDATE mail SET state = 'sent', sealed_body = NULL, attempts = attempts + 1, next_attempt_at = NULL,
                    last_error = NULL, sent_at = ?
                WHERE id = ? AND state = 'pending'""", now, id);
    }

    void later(Sql sql, long id, Instant firstAttempt, Instant nextAttempt, String error) {
        sql.update("""
                UPDATE mail SET attempts = attempts + 1, first_attempt_at = ?, next_attempt_at = ?, last_error = ?
                WHERE id = ? AND state = 'pending'""", firstAttempt, nextAttempt, error, id);
    }

    void dead(Sql sql, long id, String error) {
        sql.update("""
                UPDATE mail SET state = 'dead', attempts = attempts + 1, next_attempt_at = NULL, last_error = ?
                WHERE id = ? AND state = 'pending'""", error, id);
    }

    /** Gives a mail up whose link expired, and wipes its body. */
    void expired(Sql sql, long id, String error) {
        sql.update("""
                UPDATE mail SET state = 'dead', sealed_body = NULL, next_attempt_at = NULL, last_error = ?
                WHERE id = ? AND state = 'pending'""", error, id);
    }

    /** Deletes the oldest mails that were queued by {@code before} and are not pending. */
    public int deleteDone(Sql sql, Instant before, int limit) {
        return sql.update(DELETE_DONE, before, limit);
    }

    private static QueuedMail queued(Row row) throws SQLException {
        return new QueuedMail(
                row.number("id"),
                row.text("recipient"),
                row.text("subject"),
                row.constant("state", QueuedMail.State.class),
                row.number("attempts"),
                row.instant("next_attempt_at"),
                row.text("last_error"),
                row.instant("created_at"));
    }

    private static DueMail due(Row row) throws SQLException {
        return new DueMail(
                row.number("id"),
                row.text("recipient"),
                row.text("subject"),
                row.text("sealed_body"),
                Math.toIntExact(row.number("attempts")),
                row.instant("first_attempt_at"),
                row.text("last_error"),
                row.instant("created_at"),
                row.instant("useless_at"));
    }
}
