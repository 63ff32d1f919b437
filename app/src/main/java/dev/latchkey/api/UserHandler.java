package dev.latchkey.api;

import dev.latchkey.account.User;
import dev.latchkey.account.Users;
import dev.latchkey.http.Requests;
import io.javalin.http.Context;

/** Accounts, for admins. */
public final class UserHandler {
    private final Users users;

    public UserHandler(Users users) {
        this.users = users;
    }

    public void activate(Context ctx) {
        show(ctx, users.activate(Requests.caller(ctx).actor(), Requests.pathId(ctx, "id")));
    }

    public void deactivate(Context ctx) {
        show(ctx, users.deactivate(Requests.caller(ctx).actor(), Requests.pathId(ctx, "id")));
    }

    private static void show(Context ctx, User user) {
        ctx.json(UserView.of(user, Requests.caller(ctx)));
    }
}
