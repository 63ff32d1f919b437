package dev.latchkey.api;

import dev.latchkey.http.Cursors;
import dev.latchkey.http.ItemList;
import dev.latchkey.http.Requests;
import dev.latchkey.session.Caller;
import dev.latchkey.session.Session;
import dev.latchkey.session.Sessions;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;

/** Where one is signed in. */
public final class SessionHandler {
    record SessionView(
            long id,
            Session.Kind kind,
            String deviceName,
            String ip,
            String userAgent,
            Instant createdAt,
            Instant lastUsedAt,
            Instant expiresAt,
            boolean current) {
        static SessionView of(Session session, long currentId) {
            return new SessionView(
                    session.id(),
                    session.kind(),
                    session.deviceName(),
                    session.ip(),
                    session.userAgent(),
                    session.createdAt(),
                    session.lastUsedAt(),
                    session.expiresAt(),
                    session.id() == currentId);
        }
    }

    private final Sessions sessions;

    public SessionHandler(Sessions sessions) {
        this.sessions = sessions;
    }

    public void list(Context ctx) {
        Caller caller = Requests.caller(ctx);
        int limit = Requests.limit(ctx);
        long current = caller.credential().id();
        List<Session> rows = sessions.list(caller.userId(), Cursors.beforeId(ctx), limit + 1);
        ctx.json(ItemList.page(rows, limit, row -> Cursors.write(ctx, row.id()), row -> SessionView.of(row, current)));
    }

    public void end(Context ctx) {
        sessions.end(Requests.caller(ctx).actor(), Requests.pathId(ctx, "id"));
        ctx.status(204);
    }

    public void endOthers(Context ctx) {
        Caller caller = Requests.caller(ctx);
        sessions.endOthers(caller.actor(), caller.credential().id());
        ctx.status(204);
    }
}
