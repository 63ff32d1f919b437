package dev.latchkey.api;

import dev.latchkey.http.RequestBody;
import dev.latchkey.http.Requests;
import dev.latchkey.library.NextPiece;
import dev.latchkey.library.ResumableUploads;
import dev.latchkey.library.UploadProgress;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Uploads that go on after a break, by tus 1.0.0. What has become of one stands in headers: a 204 has no body.
 *
 * @see <a href="https://tus.io/protocols/resumable-upload">tus.io</a>
 */
public final class ResumableUploadHandler {
    /** RFC 9110, 5.6.7. */
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private final ResumableUploads uploads;

    public ResumableUploadHandler(ResumableUploads uploads) {
        this.uploads = uploads;
    }

    /** What this server can do. */
    public void options(Context ctx) {
        ctx.header("Tus-Resumable", Tus.VERSION);
        ctx.header("Tus-Version", Tus.VERSION);
        ctx.header("Tus-Max-Size", Long.toString(uploads.maxBytes()));
        ctx.header("Tus-Extension", Tus.EXTENSIONS);
        ctx.header("Tus-Checksum-Algorithm", Tus.CHECKSUMS);
        ctx.status(204);
    }

    /** Begins an upload; the body, if there is one, is its first piece. */
    public void create(Context ctx) {
        Tus.requireVersion(ctx);
        boolean withPiece = Tus.hasBody(ctx);
        if (withPiece) {
            Tus.requirePiece(ctx);
        }
        long length = Tus.length(ctx);
        UploadMetadata metadata =
                UploadMetadata.of(Tus.one(ctx, "Upload-Metadata").orElse(""));
        NextPiece first = piece(ctx, 0);
        UploadProgress begun = uploads.create(Requests.caller(ctx), metadata.filename(), metadata.header(), length);
        long id = begun.upload().id();
        ctx.header("Location", "/api/uploads/" + id); // stands in the answer to a bad first piece too
        answer(ctx, 201, withPiece ? uploads.append(Requests.caller(ctx), id, first) : begun);
    }

    /** How far it is. */
    public void look(Context ctx) {
        Tus.requireVersion(ctx);
        UploadProgress progress = uploads.look(Requests.caller(ctx), Requests.pathId(ctx, "id"));
        ctx.header("Upload-Length", Long.toString(progress.upload().lengthBytes()));
        String metadata = progress.upload().metadata();
        if (!metadata.isEmpty()) {
            ctx.header("Upload-Metadata", metadata);
        }
        answer(ctx, 200, progress);
    }

    /** The body is the next piece. */
    public void append(Context ctx) {
        Tus.requireVersion(ctx);
        Tus.requirePiece(ctx);
        long id = Requests.pathId(ctx, "id");
        answer(ctx, 204, uploads.append(Requests.caller(ctx), id, piece(ctx, Tus.offset(ctx))));
    }

    private static NextPiece piece(Context ctx, long offset) {
        long length = ctx.req().getContentLengthLong();
        return new NextPiece(
                offset,
                length,
                () -> RequestBody.of(ctx),
                RequestBody.hangUp(ctx),
                Tus.checksum(ctx),
                ContentDigests.ofWhole(ctx));
    }

    /** Ends it; what has become a medium stays. */
    public void remove(Context ctx) {
        Tus.requireVersion(ctx);
        uploads.remove(Requests.caller(ctx), Requests.pathId(ctx, "id"));
        ctx.status(204);
    }

    private static void answer(Context ctx, int status, UploadProgress progress) {
        ctx.status(status);
        ctx.header("Upload-Offset", Long.toString(progress.offset()));
        ctx.header("Upload-Expires", date(progress.upload().expiresAt()));
        if (progress.mediaId() != null) {
            ctx.header("Latchkey-Media-Id", progress.mediaId().toString());
        }
        if (progress.result() != null) {
            String outcome = progress.result().status().name().toLowerCase(Locale.ROOT);
            ctx.header("Latchkey-Upload-Status", outcome);
        }
    }

    private static String date(Instant time) {
        return HTTP_DATE.format(time);
    }
}
