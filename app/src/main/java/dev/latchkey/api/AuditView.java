package dev.latchkey.api;

import dev.latchkey.audit.AuditEntry;
import java.time.Instant;
import java.util.regex.Pattern;

/** One row of the audit log in a response. */
record AuditView(
        long id,
        Instant at,
        ActorView actor,
        String action,
        TargetView target,
        String ip,
        String userAgent,
        long count,
        String detail) {
    record ActorView(long id, String username) {}

    record TargetView(String type, long id) {}

    /** How a cell begins that a spreadsheet would run as a formula. */
    private static final Pattern FORMULA = Pattern.compile("^\\s*[=+\\-@\\t\\r\\n]");

    static AuditView of(AuditEntry entry) {
        return new AuditView(
                entry.id(),
                entry.at(),
                entry.actorId() == null ? null : new ActorView(entry.actorId(), entry.username()),
                entry.action(),
                entry.target() == null
                        ? null
                        : new TargetView(entry.target().type(), entry.target().id()),
                entry.ip(),
                entry.userAgent(),
                entry.count(),
                entry.detail());
    }

    /** As {@link #of}, with an apostrophe before text from outside that a spreadsheet would take for a formula. */
    static AuditView forSpreadsheet(AuditEntry entry) {
        AuditView view = of(entry);
        ActorView actor = view.actor == null ? null : new ActorView(view.actor.id, inert(view.actor.username));
        return new AuditView(
                view.id,
                view.at,
                actor,
                view.action,
                view.target,
                view.ip,
                inert(view.userAgent),
                view.count,
                inert(view.detail));
    }

    private static String inert(String text) {
        return text != null && FORMULA.matcher(text).find() ? "'" + text : text;
    }
}
