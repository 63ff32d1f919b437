package dev.latchkey.api;

import dev.latchkey.blob.ThumbnailFiles;
import dev.latchkey.blob.ThumbnailFiles.Picture;
import dev.latchkey.error.Problem;
import dev.latchkey.http.Requests;
import dev.latchkey.library.Content;
import dev.latchkey.library.ContentTypes;
import dev.latchkey.library.Library;
import dev.latchkey.library.Media;
import dev.latchkey.library.Thumbnails;
import dev.latchkey.library.Thumbnails.Thumbnail;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.List;

/** The route that the bytes of the library go out by. */
public final class ContentHandler {
    /** Addresses name a file for good, and what it looks like does not change either. */
    private static final String FOR_GOOD = "private, max-age=31536000, immutable";

    private final Library library;
    private final Thumbnails thumbnails;

    public ContentHandler(Library library, Thumbnails thumbnails) {
        this.library = library;
        this.thumbnails = thumbnails;
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

    public void thumbnail(Context ctx) {
        int size = Requests.query(ctx, "size").map(ContentHandler::size).orElse(ThumbnailFiles.SIZES.get(0));
        Thumbnail thumbnail = thumbnails.open(Requests.caller(ctx), Requests.pathId(ctx, "id"), size);
        Picture picture = thumbnail.picture();
        try (FileChannel bytes = picture.bytes()) {
            ctx.header("Cache-Control", FOR_GOOD);
            String tag = thumbnail.media().sha256() + "-" + size;
            FileAnswer.send(ctx, bytes, picture.size(), tag, () -> {
                ctx.contentType(picture.mediaType());
                harmless(ctx);
            });
        } catch (IOException e) {
            throw Problem.unavailable("The file cannot be read from the server's disk.", e);
        }
    }

    private static Integer size(String text) {
        return ThumbnailFiles.SIZES.stream()
                .filter(size -> size.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> Problem.malformed("The size must be 256 or 1024."));
    }

    private static void headers(Context ctx, Media media) {
        boolean inline = ContentTypes.isInline(media.contentType()) && !download(ctx);
        ctx.contentType(ContentTypes.header(media.contentType()));
        ctx.header("Content-Disposition", ContentDisposition.of(inline, media.filename()));
        harmless(ctx);
    }

    /** A file is data of one person shown to another: it runs nothing, loads nothing and is embedded nowhere else. */
    private static void harmless(Context ctx) {
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
