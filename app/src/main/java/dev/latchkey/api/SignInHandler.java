package dev.latchkey.api;

import dev.latchkey.http.Requests;
import dev.latchkey.http.SessionCookie;
import dev.latchkey.session.Attempt;
import dev.latchkey.session.Credentials;
import dev.latchkey.session.SignIn;
import dev.latchkey.session.SignedIn;
import io.javalin.http.Context;
import java.util.Optional;

/** Signing in by password and second factor, and out. */
public final class SignInHandler {
    record LoginRequest(String username, String password, String deviceName, Boolean cookie) {
        @Override
        public String toString() {
            return "LoginRequest[…]";
        }
    }

    record LogoutRequest(String refreshToken) {
        @Override
        public String toString() {
            return "LogoutRequest[…]";
        }
    }

    record CodeRequest(String challenge, String code, Boolean cookie) {
        @Override
        public String toString() {
            return "CodeRequest[…]";
        }
    }

    private final SignIn signIn;
    private final Credentials credentials;
    private final SignInResponder responder;

    public SignInHandler(SignIn signIn, Credentials credentials, SignInResponder responder) {
        this.signIn = signIn;
        this.credentials = credentials;
        this.responder = responder;
    }

    public void login(Context ctx) {
        LoginRequest request = Requests.body(ctx, LoginRequest.class);
        Attempt attempt = new Attempt(request.username(), request.password(), request.deviceName());
        responder.loggedIn(ctx, signIn.logIn(Requests.caller(ctx).actor(), attempt), request.cookie());
    }

    public void secondFactor(Context ctx) {
        CodeRequest request = Requests.body(ctx, CodeRequest.class);
        SignedIn signedIn = signIn.answer(Requests.caller(ctx).actor(), request.challenge(), request.code());
        responder.loggedIn(ctx, signedIn, request.cookie());
    }

    public void logout(Context ctx) {
        Optional<LogoutRequest> request = Requests.optionalBody(ctx, LogoutRequest.class);
        credentials.signOut(
                Requests.caller(ctx), request.map(LogoutRequest::refreshToken).orElse(null));
        SessionCookie.clear(ctx);
        ctx.json(new Message("Signed out"));
    }
}
