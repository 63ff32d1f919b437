package dev.latchkey.api;

import dev.latchkey.account.CreatedUser;
import dev.latchkey.account.ManagedUser;
import dev.latchkey.account.NewUser;
import dev.latchkey.account.Newcomers;
import dev.latchkey.account.Role;
import dev.latchkey.account.UserAccess;
import dev.latchkey.account.UserChange;
import dev.latchkey.account.UserFilter;
import dev.latchkey.account.Users;
import dev.latchkey.audit.Actor;
import dev.latchkey.http.Cursors;
import dev.latchkey.http.ItemList;
import dev.latchkey.http.Links;
import dev.latchkey.http.Requests;
import io.javalin.http.Context;
import java.util.List;

/** Accounts, for admins. */
public final class UserHandler {
    private static final int MAX_SEARCH = 200;

    record PasswordRequest(String password) {
        @Override
        public String toString() {
            return "PasswordRequest[…]";
        }
    }

    private final Users users;
    private final Newcomers newcomers;
    private final UserAccess access;
    private final Links links;

    public UserHandler(Users users, Newcomers newcomers, UserAccess access, Links links) {
        this.users = users;
        this.newcomers = newcomers;
        this.access = access;
        this.links = links;
    }

    public void list(Context ctx) {
        int limit = Requests.limit(ctx);
        UserFilter filter = new UserFilter(
                Requests.queryChoice(ctx, "role", Role.class).orElse(null),
                Requests.queryFlag(ctx, "active").orElse(null),
                Requests.querySearch(ctx, "q", MAX_SEARCH).orElse(null));
        List<ManagedUser> rows = users.list(filter, Cursors.beforeId(ctx), limit + 1);
        ctx.json(ItemList.page(rows, limit, row -> Cursors.write(ctx, row.user().id()), UserView::forAdmin));
    }

    public void create(Context ctx) {
        CreatedUser made = newcomers.create(actor(ctx), Requests.body(ctx, NewUser.class), links.site(ctx));
        ctx.header("Cache-Control", "no-store");
        ctx.status(201).json(UserView.created(made));
    }

    public void one(Context ctx) {
        show(ctx, users.one(id(ctx)));
    }

    public void change(Context ctx) {
        UserChange change = Requests.body(ctx, UserChange.class);
        show(ctx, users.change(actor(ctx), id(ctx), change, links.site(ctx)));
    }

    public void remove(Context ctx) {
        users.remove(actor(ctx), id(ctx));
        ctx.status(204);
    }

    public void activate(Context ctx) {
        show(ctx, users.activate(actor(ctx), id(ctx)));
    }

    public void deactivate(Context ctx) {
        show(ctx, users.deactivate(actor(ctx), id(ctx)));
    }

    public void setPassword(Context ctx) {
        long id = id(ctx);
        access.setPassword(
                actor(ctx), id, Requests.body(ctx, PasswordRequest.class).password());
        ctx.status(204);
    }

    public void endSessions(Context ctx) {
        access.endSessions(actor(ctx), id(ctx));
        ctx.status(204);
    }

    public void clearDelay(Context ctx) {
        access.clearDelay(actor(ctx), id(ctx));
        ctx.status(204);
    }

    private static Actor actor(Context ctx) {
        return Requests.caller(ctx).actor();
    }

    private static long id(Context ctx) {
        return Requests.pathId(ctx, "id");
    }

    private static void show(Context ctx, ManagedUser user) {
        ctx.json(UserView.forAdmin(user));
    }
}
