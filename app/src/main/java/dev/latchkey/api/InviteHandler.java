package dev.latchkey.api;

import dev.latchkey.account.CreatedInvite;
import dev.latchkey.account.Invite;
import dev.latchkey.account.InviteForm;
import dev.latchkey.account.Invites;
import dev.latchkey.account.Role;
import dev.latchkey.http.Cursors;
import dev.latchkey.http.ItemList;
import dev.latchkey.http.Links;
import dev.latchkey.http.Requests;
import dev.latchkey.session.Caller;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;

/** Invites, for managers. */
public final class InviteHandler {
    record CreatedView(long id, String inviteToken, String url, Instant expiresAt) {
        @Override
        public String toString() {
            return "CreatedView[" + id + "]";
        }
    }

    record InviteView(
            long id,
            Role role,
            String email,
            String note,
            boolean autoApprove,
            Invite.State state,
            PersonView createdBy,
            Instant createdAt,
            Instant expiresAt,
            Instant usedAt) {
        static InviteView of(Invite invite) {
            return new InviteView(
                    invite.id(),
                    invite.role(),
                    invite.email(),
                    invite.note(),
                    invite.autoApprove(),
                    invite.state(),
                    PersonView.of(invite.createdBy()),
                    invite.createdAt(),
                    invite.expiresAt(),
                    invite.usedAt());
        }
    }

    private final Invites invites;
    private final Links links;

    public InviteHandler(Invites invites, Links links) {
        this.invites = invites;
        this.links = links;
    }

    public void create(Context ctx) {
        Caller caller = Requests.caller(ctx);
        InviteForm form = Requests.body(ctx, InviteForm.class);
        CreatedInvite invite = invites.create(caller.actor(), caller.user().role(), form, links.site(ctx));
        ctx.header("Cache-Control", "no-store");
        ctx.json(new CreatedView(invite.id(), invite.token(), invite.url(), invite.expiresAt()));
    }

    public void list(Context ctx) {
        int limit = Requests.limit(ctx);
        List<Invite> rows = invites.list(Cursors.beforeId(ctx), limit + 1);
        ctx.json(ItemList.page(rows, limit, row -> Cursors.write(ctx, row.id()), InviteView::of));
    }

    public void delete(Context ctx) {
        invites.delete(Requests.caller(ctx).actor(), Requests.pathId(ctx, "id"));
        ctx.status(204);
    }
}
