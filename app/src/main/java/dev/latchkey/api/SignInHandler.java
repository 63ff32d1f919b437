package dev.latchkey.api;

import dev.latchkey.http.Requests;
import dev.latchkey.http.SessionCookie;
import dev.latchkey.session.Attempt;
import dev.latchkey.session.Caller;
import dev.latchkey.session.Sessions;
import dev.latchkey.session.SignIn;
import io.javalin.http.Context;

/** Signing in by password, and out. */
public final class SignInHandler {
    record LoginRequest(String username, String password, String deviceName, Boolean cookie) {
        @Override
        public String toString() {
            return "LoginRequest[…]";
        }
    }

    private final SignIn signIn;
    private final Sessions sessions;
    private final SignInResponder responder;

    public SignInHandler(SignIn signIn, Sessions sessions, SignInResponder responder) {
        this.signIn = signIn;
        this.sessions = sessions;
        this.responder = responder;
    }

    public void login(Context ctx) {
        LoginRequest request = Requests.body(ctx, LoginRequest.class);
        Attempt attempt = new Attempt(request.username(), request.password(), request.deviceName());
        responder.loggedIn(ctx, signIn.logIn(Requests.caller(ctx).actor(), attempt), request.cookie());
    }

    public void logout(Context ctx) {
        Caller caller = Requests.caller(ctx);
        sessions.logOut(caller.actor(), caller.credential().id());
        SessionCookie.clear(ctx);
        ctx.json(new Message("Signed out"));
    }
}
