package dev.latchkey.http;

import dev.latchkey.error.Problem;
import io.javalin.http.Context;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Refuses writes that another web site makes a browser send. A request with an Authorization header is exempt: no site
 * can make a browser add one without being allowed to by CORS.
 */
final class CrossSite {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private final Optional<String> publicOrigin;

    CrossSite(Optional<URI> publicUrl) {
        publicOrigin = publicUrl.map(CrossSite::origin);
    }

    /** @throws Problem 403 {@code cross_site} for an unsafe method that comes from another site */
    void check(Context ctx) {
        if (SAFE.contains(ctx.req().getMethod()) || ctx.header("Authorization") != null) {
            return;
        }
        String fetchSite = ctx.header("Sec-Fetch-Site");
        boolean otherSite = "cross-site".equals(fetchSite) || "same-site".equals(fetchSite);
        if (otherSite || namesAnotherOrigin(ctx)) {
            throw Problem.forbidden(
                    "cross_site", "This was sent by a page of another site. Open Latchkey itself and try again.");
        }
    }

    /** Whether the browser says that a page of another origin sent this, be it one that {@code cors_origins} allows. */
    boolean namesAnotherOrigin(Context ctx) {
        List<String> origins = Collections.list(ctx.req().getHeaders("Origin"));
        return !origins.stream().allMatch(origin -> isOurs(ctx, origin));
    }

    private boolean isOurs(Context ctx, String origin) {
        return origin.equals(Requests.client(ctx).site())
                || publicOrigin.filter(origin::equals).isPresent();
    }

    private static String origin(URI url) {
        String standardPort = "https".equals(url.getScheme()) ? ":443$" : ":80$";
        String authority = url.getRawAuthority().toLowerCase(Locale.ROOT); // a name with an underscore is no URI's host
        return url.getScheme() + "://" + authority.replaceFirst(standardPort, "");
    }
}
