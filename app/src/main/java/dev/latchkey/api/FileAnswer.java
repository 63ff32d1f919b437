package dev.latchkey.api;

import dev.latchkey.error.Problem;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.nio.channels.FileChannel;
import java.util.Optional;

/** Answers with a file that has a name for each of its versions, such as its SHA-256, whole or in part (RFC 9110, 13 and 14). */
final class FileAnswer {
    private FileAnswer() {}

    /** Answers with 200, 206 or 304, or refuses with 416; {@code headers} says what the bytes are, when any are sent. */
    static void send(Context ctx, FileChannel bytes, long size, String version, Runnable headers) {
        String tag = '"' + version + '"';
        ctx.header("ETag", tag);
        if (EntityTags.hasOne(ctx.header("If-None-Match"), tag)) {
            ctx.status(304);
            return;
        }
        Optional<ByteRange> range = range(ctx, size, tag);
        headers.run();
        ctx.header("Accept-Ranges", "bytes");
        range.ifPresent(part -> {
            ctx.status(206);
            ctx.header("Content-Range", "bytes " + part.first() + "-" + part.last() + "/" + size);
        });
        ByteRange sent = range.orElse(new ByteRange(0, size - 1));
        ctx.res().setContentLengthLong(sent.length());
        if (ctx.method() != HandlerType.HEAD) {
            FileSender.send(ctx, bytes, sent);
        }
    }

    /** The part that is asked for, empty for all of it. Only GET has ranges (RFC 9110, 14.2). */
    private static Optional<ByteRange> range(Context ctx, long size, String tag) {
        if (ctx.method() != HandlerType.GET || !EntityTags.allowsRange(ctx.header("If-Range"), tag)) {
            return Optional.empty();
        }
        Optional<ByteRange> range = ByteRange.parse(ctx.header("Range"), size);
        if (range.isPresent() && !range.get().isSatisfiable()) {
            ctx.header("Content-Range", "bytes */" + size);
            throw Problem.of(
                    Problem.Kind.RANGE_NOT_SATISFIABLE, "range_not_satisfiable", "The file has " + size + " bytes.");
        }
        return range;
    }
}
