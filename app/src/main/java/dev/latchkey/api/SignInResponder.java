package dev.latchkey.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.latchkey.http.SessionCookie;
import dev.latchkey.session.JoinedGuest;
import dev.latchkey.session.SignInStep;
import dev.latchkey.session.SignInStep.CodeNeeded;
import dev.latchkey.session.SignedIn;
import dev.latchkey.session.TokenPair;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Answers every route that signs in: with the token in the body, or in a cookie and not in the body. */
public final class SignInResponder {
    record SetupResult(
            UserView user,
            @JsonInclude(JsonInclude.Include.NON_NULL) String token,
            Instant expiresAt) {}

    record LoginResult(
            UserView user,
            @JsonInclude(JsonInclude.Include.NON_NULL) String token,
            Instant expiresAt,
            boolean passwordChangeRequired) {}

    record CodeNeededResult(boolean secondFactorRequired, String challenge, List<String> methods) {
        @Override
        public String toString() {
            return "CodeNeededResult[…]";
        }
    }

    /** Without tokens where the session went into a cookie. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record JoinResult(boolean success, String accessToken, String refreshToken, Long expiresIn, UserView user) {
        @Override
        public String toString() {
            return "JoinResult[…]";
        }
    }

    private static final List<String> METHODS = List.of("totp", "backup_code");

    private final Duration cookieLife;

    /** @param cookieLife how long a browser keeps the cookie: as long as a session can live */
    public SignInResponder(Duration cookieLife) {
        this.cookieLife = cookieLife;
    }

    void setUp(Context ctx, SignedIn signedIn, Boolean cookie) {
        String token = hand(ctx, signedIn, cookie);
        ctx.json(new SetupResult(UserView.full(signedIn.user()), token, signedIn.expiresAt()));
    }

    void registered(Context ctx, SignedIn signedIn, Boolean cookie) {
        setUp(ctx, signedIn, cookie);
        ctx.status(201);
    }

    void loggedIn(Context ctx, SignInStep step, Boolean cookie) {
        if (step instanceof SignedIn signedIn) {
            loggedIn(ctx, signedIn, cookie);
        } else if (step instanceof CodeNeeded needed) {
            ctx.header("Cache-Control", "no-store");
            ctx.json(new CodeNeededResult(true, needed.challenge(), METHODS));
        }
    }

    void loggedIn(Context ctx, SignedIn signedIn, Boolean cookie) {
        String token = hand(ctx, signedIn, cookie);
        boolean changeRequired = signedIn.user().passwordChangeRequired();
        ctx.json(new LoginResult(UserView.full(signedIn.user()), token, signedIn.expiresAt(), changeRequired));
    }

    void joined(Context ctx, JoinedGuest guest) {
        ctx.header("Cache-Control", "no-store");
        TokenPair tokens = guest.tokens();
        UserView user = UserView.full(guest.user());
        long life = tokens.life().toSeconds();
        ctx.json(new JoinResult(true, tokens.accessToken(), tokens.refreshToken(), life, user));
    }

    void joined(Context ctx, SignedIn signedIn) {
        hand(ctx, signedIn, true);
        ctx.json(new JoinResult(true, null, null, null, UserView.full(signedIn.user())));
    }

    /** The token for the body; null when it went into the cookie. */
    private String hand(Context ctx, SignedIn signedIn, Boolean cookie) {
        ctx.header("Cache-Control", "no-store");
        if (cookie == null || !cookie) {
            return signedIn.token();
        }
        SessionCookie.set(ctx, signedIn.token(), cookieLife);
        return null;
    }
}
