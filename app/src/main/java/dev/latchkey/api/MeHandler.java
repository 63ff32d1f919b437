package dev.latchkey.api;

import dev.latchkey.account.ProfileChange;
import dev.latchkey.account.Profiles;
import dev.latchkey.account.User;
import dev.latchkey.http.Links;
import dev.latchkey.http.Requests;
import dev.latchkey.session.Caller;
import dev.latchkey.session.Credential;
import dev.latchkey.session.Scope;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;

/** Oneself. */
public final class MeHandler {
    record Me(UserView user, CredentialView credential) {}

    record CredentialView(Credential.Kind kind, long id, String name, List<String> scopes, Instant expiresAt) {
        static CredentialView of(Credential credential) {
            List<String> scopes =
                    credential.scopes().stream().sorted().map(Scope::text).toList();
            return new CredentialView(
                    credential.kind(), credential.id(), credential.name(), scopes, credential.expiresAt());
        }
    }

    private final Profiles profiles;
    private final Links links;

    public MeHandler(Profiles profiles, Links links) {
        this.profiles = profiles;
        this.links = links;
    }

    public void me(Context ctx) {
        Caller caller = Requests.caller(ctx);
        ctx.json(new Me(UserView.full(caller.user()), CredentialView.of(caller.credential())));
    }

    public void change(Context ctx) {
        ProfileChange change = Requests.body(ctx, ProfileChange.class);
        User changed = profiles.change(Requests.caller(ctx).actor(), change, links.site(ctx));
        ctx.json(new UserView.Result(UserView.full(changed)));
    }
}
