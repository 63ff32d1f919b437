package dev.latchkey.api;

import dev.latchkey.account.PersonForm;
import dev.latchkey.account.SetupForm;
import dev.latchkey.http.Links;
import dev.latchkey.http.Requests;
import dev.latchkey.session.SignIn;
import io.javalin.http.Context;

/** Makes the first admin. */
public final class SetupHandler {
    record Request(
            String username, String password, String displayName, String email, String setupCode, Boolean cookie) {
        @Override
        public String toString() {
            return "Request[…]";
        }
    }

    private final SignIn signIn;
    private final SignInResponder responder;
    private final Links links;

    public SetupHandler(SignIn signIn, SignInResponder responder, Links links) {
        this.signIn = signIn;
        this.responder = responder;
        this.links = links;
    }

    public void setUp(Context ctx) {
        Request request = Requests.body(ctx, Request.class);
        PersonForm person =
                new PersonForm(request.username(), request.password(), request.displayName(), request.email());
        boolean here = Requests.client(ctx).onThisMachine();
        SetupForm form = new SetupForm(person, here, request.setupCode());
        responder.setUp(ctx, signIn.setUp(Requests.caller(ctx).actor(), form, links.site(ctx)), request.cookie());
    }
}
