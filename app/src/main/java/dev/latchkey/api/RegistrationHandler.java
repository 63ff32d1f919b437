package dev.latchkey.api;

import dev.latchkey.account.JoinForm;
import dev.latchkey.http.Links;
import dev.latchkey.http.Requests;
import dev.latchkey.session.SignIn;
import dev.latchkey.session.SignedIn;
import io.javalin.http.Context;

/** Makes an account for whoever asks, where that is allowed. */
public final class RegistrationHandler {
    record Request(
            String username, String password, String displayName, String email, String inviteToken, Boolean cookie) {
        @Override
        public String toString() {
            return "Request[…]";
        }
    }

    private final SignIn signIn;
    private final SignInResponder responder;
    private final Links links;

    public RegistrationHandler(SignIn signIn, SignInResponder responder, Links links) {
        this.signIn = signIn;
        this.responder = responder;
        this.links = links;
    }

    public void register(Context ctx) {
        Request request = Requests.body(ctx, Request.class);
        JoinForm form = new JoinForm(
                request.inviteToken(), request.username(), request.password(), request.displayName(), request.email());
        SignedIn signedIn = signIn.register(Requests.caller(ctx).actor(), form, links.site(ctx));
        responder.registered(ctx, signedIn, request.cookie());
    }
}
