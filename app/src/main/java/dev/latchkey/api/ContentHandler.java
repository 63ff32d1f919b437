package dev.latchkey.api;

import dev.latchkey.error.Problem;
import dev.latchkey.http.Requests;
import dev.latchkey.library.Content;
import dev.latchkey.library.ContentTypes;
import dev.latchkey.library.Library;
import dev.latchkey.library.Media;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;

/** The route that the bytes of the library go out by. */
public final class ContentHandler {
    private final Library library;

    public ContentHandler(Library library) {
        this.library = library;
    }

    public void content(Context ctx) {
        try (Content content = library.content(Requests.pathId(ctx, "id"))) {
            Media media = content.media();
            ctx.header("Cache-Control", "private, no-cache");
            FileAnswer.send(ctx, content.bytes(), media.sizeBytes(), media.sha256(), () -> headers(ctx, media));
        } catch (IOException e) {
            throw Problem.unavailable("The file cannot be read from the server's disk.", e);
        }
    }

    private static void headers(Context ctx, Media media) {
        boolean inline = ContentTypes.isInline(media.contentType()) && !download(ctx);
        ctx.contentType(ContentTypes.header(media.contentType()));
        ctx.header("Content-Disposition", ContentDisposition.of(inline, media.filename()));
        // A file is data of one person shown to another: it runs nothing, loads nothing and is embedded nowhere else.
        ctx.header("Content-Security-Policy", "sandbox; default-src 'none'");
        ctx.header("Cross-Origin-Resource-Policy", "same-origin");
        ctx.header("X-Content-Type-Options", "nosniff");
    }

    /** {@code ?download=1}, and also {@code ?download} alone. */
    private static boolean download(Context ctx) {
        List<String> values = ctx.queryParams("download");
        return !values.isEmpty() && !List.of("0", "false").contains(values.get(0));
    }
}
