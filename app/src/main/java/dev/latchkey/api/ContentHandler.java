package dev.latchkey.api;

import dev.latchkey.error.Problem;
import dev.latchkey.http.Requests;
import dev.latchkey.library.Content;
import dev.latchkey.library.ContentTypes;
import dev.latchkey.library.Library;
import dev.latchkey.library.Media;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Optional;

/** The route that bytes go out by, whole or in part (RFC 9110, 13 and 14). */
public final class ContentHandler {
    private final Library library;

    public ContentHandler(Library library) {
        this.library = library;
    }

    public void content(Context ctx) {
        try (Content content = library.content(Requests.pathId(ctx, "id"))) {
            answer(ctx, content.media(), content.bytes());
        } catch (IOException e) {
            throw Problem.unavailable("The file cannot be read from the server's disk.", e);
        }
    }

    private static void answer(Context ctx, Media media, FileChannel bytes) {
        String tag = '"' + media.sha256() + '"';
        ctx.header("ETag", tag);
        ctx.header("Cache-Control", "private, no-cache");
        if (EntityTags.hasOne(ctx.header("If-None-Match"), tag)) {
            ctx.status(304);
            return;
        }
        ByteRange whole = new ByteRange(0, media.sizeBytes() - 1);
        Optional<ByteRange> range = range(ctx, media, tag);
        headers(ctx, media);
        range.ifPresent(part -> {
            ctx.status(206);
            ctx.header("Content-Range", "bytes " + part.first() + "-" + part.last() + "/" + media.sizeBytes());
        });
        ByteRange sent = range.orElse(whole);
        ctx.res().setContentLengthLong(sent.length());
        if (ctx.method() != HandlerType.HEAD) {
            FileSender.send(ctx, bytes, sent);
        }
    }

    /** The part that is asked for, empty for all of it. Only GET has ranges (RFC 9110, 14.2). */
    private static Optional<ByteRange> range(Context ctx, Media media, String tag) {
        if (ctx.method() != HandlerType.GET || !EntityTags.allowsRange(ctx.header("If-Range"), tag)) {
            return Optional.empty();
        }
        Optional<ByteRange> range = ByteRange.parse(ctx.header("Range"), media.sizeBytes());
        if (range.isPresent() && !range.get().isSatisfiable()) {
            ctx.header("Content-Range", "bytes */" + media.sizeBytes());
            throw Problem.of(
                    Problem.Kind.RANGE_NOT_SATISFIABLE,
                    "range_not_satisfiable",
                    "The file has " + media.sizeBytes() + " bytes.");
        }
        return range;
    }

    private static void headers(Context ctx, Media media) {
        boolean inline = ContentTypes.isInline(media.contentType()) && !download(ctx);
        ctx.contentType(ContentTypes.header(media.contentType()));
        ctx.header("Accept-Ranges", "bytes");
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
