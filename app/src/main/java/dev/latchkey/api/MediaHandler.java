package dev.latchkey.api;

import dev.latchkey.error.Problem;
import dev.latchkey.http.Cursors;
import dev.latchkey.http.ItemList;
import dev.latchkey.http.Requests;
import dev.latchkey.library.Kind;
import dev.latchkey.library.Library;
import dev.latchkey.library.Media;
import dev.latchkey.library.MediaChange;
import dev.latchkey.library.MediaCursor;
import dev.latchkey.library.MediaFilter;
import dev.latchkey.library.MediaOrder;
import io.javalin.http.Context;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Routes about what is in the library, but not its bytes. */
public final class MediaHandler {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final int MAX_SEARCH = 200;

    private final Library library;

    public MediaHandler(Library library) {
        this.library = library;
    }

    public void list(Context ctx) {
        MediaOrder order = Requests.queryChoice(ctx, "order", MediaOrder.class).orElse(MediaOrder.NEWEST);
        MediaFilter filter = filter(ctx);
        int limit = Requests.limit(ctx);
        MediaCursor after = Cursors.read(ctx, MediaCursor.keyType(order), Long.class)
                .map(position -> new MediaCursor(position.get(0), (Long) position.get(1)))
                .orElse(null);
        List<Media> rows = library.list(filter, order, after, limit + 1);
        ctx.json(ItemList.page(rows, limit, media -> cursor(ctx, media, order), MediaView::of));
    }

    private static MediaFilter filter(Context ctx) {
        String q = Requests.query(ctx, "q").filter(text -> !text.isBlank()).orElse(null);
        if (q != null && q.length() > MAX_SEARCH) {
            throw Problem.malformed("The search text may have " + MAX_SEARCH + " characters at most.");
        }
        return new MediaFilter(
                Requests.queryChoice(ctx, "kind", Kind.class).orElse(null),
                Requests.queryId(ctx, "uploader_id").orElse(null),
                Requests.query(ctx, "tag").orElse(null),
                Requests.queryTime(ctx, "from").orElse(null),
                Requests.queryTime(ctx, "to").orElse(null),
                q);
    }

    private static String cursor(Context ctx, Media media, MediaOrder order) {
        MediaCursor cursor = MediaCursor.of(media, order);
        return Cursors.write(ctx, cursor.key(), cursor.id());
    }

    public void one(Context ctx) {
        ctx.json(MediaView.of(library.one(Requests.pathId(ctx, "id"))));
    }

    public void byHash(Context ctx) {
        String sha256 = ctx.pathParam("sha256").toLowerCase(Locale.ROOT);
        if (!SHA256.matcher(sha256).matches()) {
            throw Problem.malformed("A SHA-256 has 64 hexadecimal digits.");
        }
        if (!library.has(sha256)) {
            throw Problem.notFound("There is no such file in the library.");
        }
    }

    public void edit(Context ctx) {
        long id = Requests.pathId(ctx, "id");
        MediaChange change = Requests.body(ctx, MediaChange.class);
        ctx.json(MediaView.of(library.edit(Requests.caller(ctx), id, change)));
    }

    public void trash(Context ctx) {
        library.trash(Requests.caller(ctx), Requests.pathId(ctx, "id"));
        ctx.status(204);
    }
}
