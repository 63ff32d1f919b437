package dev.latchkey.api;

import dev.latchkey.error.Problem;
import dev.latchkey.http.Budget;
import dev.latchkey.http.OAuthParameters;
import dev.latchkey.http.Requests;
import dev.latchkey.http.Throttles;
import dev.latchkey.session.Attempt;
import dev.latchkey.session.Credentials;
import dev.latchkey.session.DeviceCodes;
import dev.latchkey.session.TokenGrants;
import dev.latchkey.session.TokenPair;
import io.javalin.http.Context;

/** The token endpoint of OAuth 2.0 (RFC 6749) and the revocation endpoint (RFC 7009), for API clients. */
public final class TokenHandler {
    private static final String DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"; // RFC 8628, 3.4

    record Tokens(String accessToken, String tokenType, long expiresIn, String refreshToken) {
        static Tokens of(TokenPair pair) {
            return new Tokens(pair.accessToken(), "Bearer", pair.life().toSeconds(), pair.refreshToken());
        }

        @Override
        public String toString() {
            return "Tokens[…]";
        }
    }

    private final TokenGrants grants;
    private final DeviceCodes devices;
    private final Credentials credentials;
    private final Throttles throttles;

    public TokenHandler(TokenGrants grants, DeviceCodes devices, Credentials credentials, Throttles throttles) {
        this.grants = grants;
        this.devices = devices;
        this.credentials = credentials;
        this.throttles = throttles;
    }

    public void token(Context ctx) {
        ctx.header("Pragma", "no-cache"); // RFC 6749, 5.1
        OAuthParameters parameters = OAuthParameters.read(ctx);
        TokenPair tokens = switch (parameters.require("grant_type")) {
            case "password" -> byPassword(ctx, parameters);
            case "refresh_token" -> byRefreshToken(ctx, parameters);
            case DEVICE_GRANT -> byDeviceCode(ctx, parameters);
            default ->
                throw Problem.of(
                        Problem.Kind.BAD_REQUEST,
                        "unsupported_grant_type",
                        "The grant types here are password, refresh_token and " + DEVICE_GRANT + ".");
        };
        ctx.json(Tokens.of(tokens));
    }

    private TokenPair byPassword(Context ctx, OAuthParameters parameters) {
        Attempt attempt = new Attempt(
                parameters.require("username"),
                parameters.require("password"),
                parameters.get("device_name").orElse(null));
        String code = parameters.get("totp").orElse(null);
        throttles.take(Budget.TOKEN, Requests.client(ctx));
        return grants.byPassword(Requests.caller(ctx).actor(), attempt, code);
    }

    private TokenPair byRefreshToken(Context ctx, OAuthParameters parameters) {
        String token = parameters.require("refresh_token");
        throttles.take(Budget.REFRESH, Requests.client(ctx));
        return grants.byRefreshToken(Requests.caller(ctx).actor(), token);
    }

    private TokenPair byDeviceCode(Context ctx, OAuthParameters parameters) {
        String code = parameters.require("device_code");
        throttles.take(Budget.DEVICE_POLL, Requests.client(ctx));
        return devices.poll(Requests.caller(ctx).actor(), code);
    }

    /** Tells nobody whether there was such a token. */
    public void revoke(Context ctx) {
        OAuthParameters.read(ctx)
                .get("token")
                .ifPresent(token -> credentials.revoke(Requests.caller(ctx).actor(), token));
        ctx.status(200);
    }
}
