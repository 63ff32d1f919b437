package dev.latchkey.api;

import dev.latchkey.http.Cursors;
import dev.latchkey.http.ItemList;
import dev.latchkey.http.Requests;
import dev.latchkey.library.DeletionRequest;
import dev.latchkey.library.DeletionRequests;
import dev.latchkey.library.Kind;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;

/** Asking for a deletion, and deciding about it. */
public final class DeletionRequestHandler {
    record Form(String reason) {}

    record CreatedView(long deletionRequestId, DeletionRequest.Status status) {}

    record SubjectView(long id, String filename, String title, String thumbnailUrl, Kind kind) {
        static SubjectView of(DeletionRequest.Subject media) {
            String thumbnail = MediaView.thumbnailUrl(media.id(), media.hasThumbnail());
            return new SubjectView(media.id(), media.filename(), media.title(), thumbnail, media.kind());
        }
    }

    record View(
            long id,
            SubjectView media,
            String reason,
            DeletionRequest.Status status,
            UploaderView requestedBy,
            Instant createdAt,
            Instant decidedAt,
            UploaderView decidedBy) {
        static View of(DeletionRequest request) {
            return new View(
                    request.id(),
                    SubjectView.of(request.media()),
                    request.reason(),
                    request.status(),
                    UploaderView.of(request.requestedBy()),
                    request.createdAt(),
                    request.decidedAt(),
                    UploaderView.of(request.decidedBy()));
        }
    }

    private final DeletionRequests requests;

    public DeletionRequestHandler(DeletionRequests requests) {
        this.requests = requests;
    }

    public void create(Context ctx) {
        String reason = Requests.optionalBody(ctx, Form.class).map(Form::reason).orElse(null);
        long id = requests.ask(Requests.caller(ctx), Requests.pathId(ctx, "id"), reason);
        ctx.json(new CreatedView(id, DeletionRequest.Status.PENDING));
    }

    public void list(Context ctx) {
        int limit = Requests.limit(ctx);
        DeletionRequest.Status status = Requests.queryChoice(ctx, "status", DeletionRequest.Status.class)
                .orElse(null);
        List<DeletionRequest> rows = requests.list(status, Cursors.beforeId(ctx), limit + 1);
        ctx.json(ItemList.page(rows, limit, row -> Cursors.write(ctx, row.id()), View::of));
    }

    public void approve(Context ctx) {
        ctx.json(View.of(requests.approve(Requests.caller(ctx), Requests.pathId(ctx, "id"))));
    }

    public void reject(Context ctx) {
        ctx.json(View.of(requests.reject(Requests.caller(ctx), Requests.pathId(ctx, "id"))));
    }
}
