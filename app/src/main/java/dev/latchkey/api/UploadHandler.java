package dev.latchkey.api;

import dev.latchkey.error.Problem;
import dev.latchkey.http.RequestBody;
import dev.latchkey.http.Requests;
import dev.latchkey.library.Upload;
import dev.latchkey.library.UploadResult;
import dev.latchkey.library.Uploads;
import dev.latchkey.session.Caller;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Routes that files come in by. Nothing of a file is held in memory, and no database connection while one comes. */
public final class UploadHandler {
    private static final int MAX_FILES = 10_000;

    private final Uploads uploads;

    public UploadHandler(Uploads uploads) {
        this.uploads = uploads;
    }

    /** A form with any number of {@code files}; other fields are ignored. */
    public void form(Context ctx) {
        Caller caller = Requests.caller(ctx);
        Parts parts = Parts.of(ctx);
        List<UploadResult> results = new ArrayList<>();
        while (parts.next()) {
            if ("files".equals(parts.field())) {
                requireFew(results);
                results.add(uploads.offer(caller, parts.fileName(), parts.body()));
            }
        }
        if (results.stream().noneMatch(result -> result.upload() != null)) {
            parts.requireWhole(); // what was kept before a form broke off is told all the same
        }
        if (results.isEmpty()) {
            throw Problem.invalidField("files", "is required");
        }
        ctx.json(UploadResultsView.of(results));
    }

    private static void requireFew(List<UploadResult> results) {
        if (results.size() == MAX_FILES) {
            throw Problem.of(Problem.Kind.TOO_LARGE, "too_large", "A form may have " + MAX_FILES + " files at most.");
        }
    }

    /** The body is the file. */
    public void raw(Context ctx) {
        Map<String, byte[]> digests = ContentDigests.read(ctx);
        uploads.expect(ctx.req().getContentLengthLong());
        String filename = Requests.query(ctx, "filename").orElse(null);
        Upload upload = uploads.add(Requests.caller(ctx), filename, RequestBody.of(ctx), digests);
        ctx.status(upload.status() == Upload.Status.STORED ? 201 : 200).json(UploadView.of(upload));
    }
}
