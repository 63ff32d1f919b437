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
import dev.latchkey.library.Span;
import dev.latchkey.library.Timeline;
import io.javalin.http.Context;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Routes about what is in the library, but not its bytes. */
public final class MediaHandler {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final int MAX_SEARCH = 200;

    record DayView(String day, long count) {
        static DayView of(Timeline.Day day) {
            return new DayView(day.day().toString(), day.count());
        }
    }

    private final Library library;
    private final Timeline timeline;

    public MediaHandler(Library library, Timeline timeline) {
        this.library = library;
        this.timeline = timeline;
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

    public void timeline(Context ctx) {
        ZoneId zone = Requests.query(ctx, "zone").map(MediaHandler::zone).orElse(ZoneOffset.UTC);
        List<Timeline.Day> days = timeline.days(filter(ctx), zone);
        ctx.json(new ItemList<>(days.stream().map(DayView::of).toList(), null));
    }

    private static ZoneId zone(String name) {
        if (ZoneId.getAvailableZoneIds().contains(name)) {
            return ZoneId.of(name);
        }
        throw Problem.malformed(
                "The parameter zone must be a name of the IANA time zone database, such as Europe/London.");
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
                span(ctx, "from", "to"),
                span(ctx, "taken_from", "taken_to"),
                q);
    }

    private static Span span(Context ctx, String from, String to) {
        return new Span(
                Requests.queryTime(ctx, from).orElse(null),
                Requests.queryTime(ctx, to).orElse(null));
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
