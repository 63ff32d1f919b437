package dev.latchkey.api;

import dev.latchkey.audit.Audit;
import dev.latchkey.audit.AuditCursor;
import dev.latchkey.audit.AuditEntry;
import dev.latchkey.audit.AuditFilter;
import dev.latchkey.http.Cursors;
import dev.latchkey.http.ItemList;
import dev.latchkey.http.Json;
import dev.latchkey.http.Requests;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;

/** The audit log, for admins. */
public final class AuditHandler {
    private static final String NDJSON = "application/x-ndjson";
    private static final int STREAM_PAGE = 200;

    private final Audit audit;

    public AuditHandler(Audit audit) {
        this.audit = audit;
    }

    public void list(Context ctx) throws IOException {
        AuditFilter filter = filter(ctx);
        String accept = ctx.header("Accept");
        if (accept != null && accept.contains(NDJSON)) {
            stream(ctx, filter);
        } else {
            page(ctx, filter);
        }
    }

    private static AuditFilter filter(Context ctx) {
        return new AuditFilter(
                Requests.queryId(ctx, "actor_id").orElse(null),
                Requests.query(ctx, "action").orElse(null),
                Requests.queryTime(ctx, "since").orElse(null),
                Requests.queryTime(ctx, "until").orElse(null));
    }

    private void page(Context ctx, AuditFilter filter) {
        int limit = Requests.limit(ctx);
        AuditCursor cursor = Cursors.read(ctx, Long.class, Long.class)
                .map(position -> new AuditCursor(Instant.ofEpochMilli((Long) position.get(0)), (Long) position.get(1)))
                .orElse(null);
        List<AuditEntry> rows = audit.list(filter, cursor, limit + 1);
        ctx.json(ItemList.page(
                rows, limit, row -> Cursors.write(ctx, row.at().toEpochMilli(), row.id()), AuditView::of));
    }

    /** Everything that matches, a line each; every page is a query of its own, so no reader is held by a slow client. */
    private void stream(Context ctx, AuditFilter filter) throws IOException {
        List<AuditEntry> rows = audit.list(filter, null, STREAM_PAGE);
        ctx.contentType(NDJSON);
        OutputStream out = ctx.outputStream();
        while (!rows.isEmpty()) {
            for (AuditEntry row : rows) {
                out.write(Json.MAPPER.writeValueAsBytes(AuditView.forSpreadsheet(row)));
                out.write('\n');
            }
            AuditEntry last = rows.get(rows.size() - 1);
            rows = audit.list(filter, new AuditCursor(last.at(), last.id()), STREAM_PAGE);
        }
    }
}
