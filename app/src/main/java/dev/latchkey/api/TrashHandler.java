package dev.latchkey.api;

import dev.latchkey.http.Cursors;
import dev.latchkey.http.ItemList;
import dev.latchkey.http.Requests;
import dev.latchkey.library.Media;
import dev.latchkey.library.Trash;
import dev.latchkey.library.TrashCursor;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;

/** Routes about what was deleted and may come back. */
public final class TrashHandler {
    private final Trash trash;

    public TrashHandler(Trash trash) {
        this.trash = trash;
    }

    public void list(Context ctx) {
        int limit = Requests.limit(ctx);
        TrashCursor after = Cursors.read(ctx, Long.class, Long.class)
                .map(position -> new TrashCursor(Instant.ofEpochMilli((Long) position.get(0)), (Long) position.get(1)))
                .orElse(null);
        List<Media> rows = trash.list(Requests.caller(ctx), after, limit + 1);
        ctx.json(ItemList.page(
                rows,
                limit,
                media -> Cursors.write(ctx, media.trashedAt().toEpochMilli(), media.id()),
                media -> TrashView.of(media, trash.purgeAt(media))));
    }

    public void restore(Context ctx) {
        ctx.json(MediaView.of(trash.restore(Requests.caller(ctx), Requests.pathId(ctx, "id"))));
    }

    public void purge(Context ctx) {
        trash.purge(Requests.caller(ctx), Requests.pathId(ctx, "id"));
        ctx.status(204);
    }
}
