package dev.latchkey.http;

import io.javalin.http.Context;
import java.util.List;

/**
 * Lets pages of {@code cors_origins} call the API with a token. Only exact origins are named, and cookies are never
 * allowed along.
 */
final class Cors {
    private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE";
    private static final String HEADERS =
            "Authorization, Content-Type, Content-Digest, Repr-Digest, Range, If-Range, If-None-Match, Tus-Resumable, "
                    + "Upload-Length, Upload-Offset, Upload-Metadata, Upload-Checksum";
    private static final String EXPOSED =
            "ETag, Content-Range, Retry-After, X-Request-Id, Location, Latchkey-Media-Id, Latchkey-Upload-Status, "
                    + "Tus-Resumable, Tus-Version, Tus-Max-Size, Tus-Extension, Tus-Checksum-Algorithm, "
                    + "Upload-Length, Upload-Offset, Upload-Metadata, Upload-Expires";

    private final List<String> origins;

    Cors(List<String> origins) {
        this.origins = origins;
    }

    /** Names the origin when it is allowed, and answers a preflight for it. */
    void apply(Context ctx) {
        String origin = ctx.header("Origin");
        if (origins.isEmpty() || !ctx.path().startsWith("/api/")) {
            return;
        }
        ctx.res().addHeader("Vary", "Origin");
        if (origin == null || !origins.contains(origin)) {
            return;
        }
        ctx.header("Access-Control-Allow-Origin", origin);
        ctx.header("Access-Control-Expose-Headers", EXPOSED);
        ctx.header("Cross-Origin-Resource-Policy", "cross-origin");
        if (ctx.req().getMethod().equals("OPTIONS") && ctx.header("Access-Control-Request-Method") != null) {
            ctx.header("Access-Control-Allow-Methods", METHODS);
            ctx.header("Access-Control-Allow-Headers", HEADERS);
            ctx.header("Access-Control-Max-Age", "600");
            ctx.status(204).skipRemainingHandlers();
        }
    }
}
