package dev.latchkey.http;

import dev.latchkey.config.Config.Network;
import dev.latchkey.error.Problem;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** What happens to every request first: its id, the headers of every response, the client, and the cross-site check. */
public final class Arrival {
    /** Nothing but our own files: no inline script or style, no frames, no other origin. */
    static final String PAGE_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
            + "media-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    static final String REQUEST_ID = "latchkey.request_id";

    private final Clients clients;
    private final CrossSite crossSite;
    private final Cors cors;

    public Arrival(Network network, HostNames hostNames) {
        clients = new Clients(network, hostNames);
        crossSite = new CrossSite(network.publicUrl());
        cors = new Cors(network.corsOrigins());
    }

    /** Runs before every handler. */
    public void handle(Context ctx) {
        String requestId = RequestIds.next();
        ctx.attribute(REQUEST_ID, requestId);
        ctx.header("X-Request-Id", requestId);
        ctx.header("X-Content-Type-Options", "nosniff");
        ctx.header("Referrer-Policy", "no-referrer");
        ctx.header("Content-Security-Policy", PAGE_POLICY);
        ctx.header("Cross-Origin-Resource-Policy", "same-origin");
        ctx.header("Cache-Control", "no-store");
        refuseOtherMethod(ctx);
        ctx.attribute(Requests.CLIENT, clients.of(ctx.req()));
        requireReadable(ctx.queryString());
        crossSite.check(ctx);
        if (crossSite.namesAnotherOrigin(ctx)) {
            ctx.attribute(
                    Requests.CLIENT, Requests.client(ctx).indirect()); // it needs a token: it is not the local owner
        }
        cors.apply(ctx);
    }

    /** Javalin leaves out a parameter that it cannot decode, which would look like one that was not sent. */
    private static void requireReadable(String query) {
        try {
            if (query != null && query.indexOf('%') >= 0) {
                URLDecoder.decode(query, StandardCharsets.UTF_8);
            }
        } catch (IllegalArgumentException e) {
            throw Problem.malformed("The parameters in the address are not encoded properly.");
        }
    }

    /** Javalin routes by this header, and everything else looks at the method: a GET must never be a DELETE. */
    private static void refuseOtherMethod(Context ctx) {
        if (ctx.header(Header.X_HTTP_METHOD_OVERRIDE) != null) {
            throw Problem.malformed("X-HTTP-Method-Override is not supported. Send the method itself.");
        }
    }
}
