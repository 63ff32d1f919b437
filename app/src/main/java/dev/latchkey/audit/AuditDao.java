package dev.latchkey.audit;

import dev.latchkey.db.Row;
import dev.latchkey.db.Sql;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The table {@code audit}. */
final class AuditDao {
    static final String DELETE_OLD =
            "DELETE FROM audit WHERE id IN (SELECT id FROM audit WHERE at <= ? ORDER BY at, id LIMIT ?)";

    void insert(Sql sql, Instant at, Actor actor, String action, Target target, String detail) {
        sql.update(
                """
                INSERT INTO audit (at, actor_id, action, target_type, target_id, ip, user_agent, detail)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
                at,
                actor.userId(),
                action,
                target == null ? null : target.type(),
                target == null ? null : target.id(),
                actor.ip(),
                actor.userAgent(),
                detail);
    }

    /** Counts up the newest row of this action, address and target since {@code since}; false when there is none. */
    boolean countUp(Sql sql, Instant since, Actor actor, String action, Target target) {
        return sql.update(
                        """
                        UPDATE audit SET count = count + 1 WHERE id = (
                            SELECT id FROM audit
                            WHERE action = ? AND at > ? AND ip IS ? AND target_type IS ? AND target_id IS ?
                            ORDER BY at DESC, id DESC LIMIT 1)""",
                        action,
                        since,
                        actor.ip(),
                        target == null ? null : target.type(),
                        target == null ? null : target.id())
                > 0;
    }

    int deleteOld(Sql sql, Instant before, int limit) {
        return sql.update(DELETE_OLD, before, limit);
    }

    List<AuditEntry> list(Sql sql, AuditFilter filter, AuditCursor cursor, int limit) {
        StringBuilder where = new StringBuilder("TRUE");
        List<Object> parameters = new ArrayList<>();
        add(where, parameters, "a.actor_id = ?", filter.actorId());
        add(where, parameters, "a.action = ?", filter.action());
        add(where, parameters, "a.at >= ?", filter.since());
        add(where, parameters, "a.at < ?", filter.until());
        if (cursor != null) {
            where.append(" AND (a.at, a.id) < (?, ?)");
            parameters.addAll(List.of(cursor.at(), cursor.id()));
        }
        parameters.add(limit);
        return sql.list(
                "SELECT a.*, u.username FROM audit a LEFT JOIN users u ON u.id = a.actor_id WHERE " + where
                        + " ORDER BY a.at DESC, a.id DESC LIMIT ?",
                AuditDao::entry,
                parameters.toArray());
    }

    private static void add(StringBuilder where, List<Object> parameters, String condition, Object value) {
        if (value != null) {
            where.append(" AND ").append(condition);
            parameters.add(value);
        }
    }

    private static AuditEntry entry(Row row) throws SQLException {
        String targetType = row.text("target_type");
        return new AuditEntry(
                row.number("id"),
                row.instant("at"),
                row.numberOrNull("actor_id"),
                row.text("username"),
                row.text("action"),
                targetType == null ? null : new Target(targetType, row.number("target_id")),
                row.text("ip"),
                row.text("user_agent"),
                row.number("count"),
                row.text("detail"));
    }
}
