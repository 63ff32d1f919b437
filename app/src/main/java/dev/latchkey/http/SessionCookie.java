package dev.latchkey.http;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.Optional;

/**
 * The browser's session. Over HTTPS its name begins with {@code __Host-}, which browsers only accept with Secure, for
 * this host and for the whole site (RFC 6265bis); over HTTP it has another name, which is never read over HTTPS.
 */
public final class SessionCookie {
    private static final String SECURE = "__Host-latchkey";
    private static final String PLAIN = "latchkey";

    private SessionCookie() {}

    /** The token in the cookie that counts on this connection. */
    public static Optional<String> read(Context ctx) {
        return Optional.ofNullable(ctx.cookie(name(ctx)));
    }

    /** Hands the browser a session that it keeps for {@code life}. */
    public static void set(Context ctx, String token, Duration life) {
        write(ctx, token, life.toSeconds());
    }

    /** Makes the browser forget its session. */
    public static void clear(Context ctx) {
        write(ctx, "", 0);
    }

    private static void write(Context ctx, String value, long seconds) {
        String secure = Requests.client(ctx).https() ? "; Secure" : "";
        ctx.res()
                .addHeader(
                        "Set-Cookie",
                        name(ctx) + "=" + value + "; Path=/; Max-Age=" + seconds + "; HttpOnly; SameSite=Lax" + secure);
    }

    private static String name(Context ctx) {
        return Requests.client(ctx).https() ? SECURE : PLAIN;
    }
}
