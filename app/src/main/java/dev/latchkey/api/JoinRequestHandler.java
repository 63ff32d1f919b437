package dev.latchkey.api;

import dev.latchkey.account.JoinForm;
import dev.latchkey.account.JoinRequest;
import dev.latchkey.account.JoinRequests;
import dev.latchkey.account.User;
import dev.latchkey.http.Cursors;
import dev.latchkey.http.ItemList;
import dev.latchkey.http.Links;
import dev.latchkey.http.Requests;
import dev.latchkey.session.Caller;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;

/** Asking to join, and deciding about it. */
public final class JoinRequestHandler {
    record CreatedView(long joinRequestId, JoinRequest.Status status) {}

    record JoinRequestView(
            long id,
            String username,
            String displayName,
            String email,
            JoinRequest.Status status,
            Long inviteId,
            Instant createdAt,
            Instant decidedAt,
            PersonView decidedBy) {
        static JoinRequestView of(JoinRequest request) {
            return new JoinRequestView(
                    request.id(),
                    request.username(),
                    request.displayName(),
                    request.email(),
                    request.status(),
                    request.inviteId(),
                    request.createdAt(),
                    request.decidedAt(),
                    PersonView.of(request.decidedBy()));
        }
    }

    private final JoinRequests requests;
    private final Links links;

    public JoinRequestHandler(JoinRequests requests, Links links) {
        this.requests = requests;
        this.links = links;
    }

    public void create(Context ctx) {
        long id = requests.submit(Requests.caller(ctx).actor(), Requests.body(ctx, JoinForm.class), links.site(ctx));
        ctx.json(new CreatedView(id, JoinRequest.Status.PENDING));
    }

    public void list(Context ctx) {
        int limit = Requests.limit(ctx);
        JoinRequest.Status status =
                Requests.queryChoice(ctx, "status", JoinRequest.Status.class).orElse(null);
        List<JoinRequest> rows = requests.list(status, Cursors.beforeId(ctx), limit + 1);
        ctx.json(ItemList.page(rows, limit, row -> Cursors.write(ctx, row.id()), JoinRequestView::of));
    }

    public void approve(Context ctx) {
        Caller caller = Requests.caller(ctx);
        User user = requests.approve(caller.actor(), caller.user().role(), Requests.pathId(ctx, "id"), links.site(ctx));
        ctx.json(new UserView.Result(UserView.newcomer(user, caller)));
    }

    public void reject(Context ctx) {
        requests.reject(Requests.caller(ctx).actor(), Requests.pathId(ctx, "id"));
        ctx.json(new Message("Join request rejected"));
    }
}
