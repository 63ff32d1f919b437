package dev.latchkey.http;

import dev.latchkey.audit.Actor;
import dev.latchkey.error.Problem;
import dev.latchkey.session.Caller;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.security.RouteRole;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Enumeration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Decides about every matched request before its handler sees it: credential to caller, then role, then scope, then
 * session-only, then the attempt budget and the kind of body.
 */
public final class Gate {
    private static final int MAX_USER_AGENT = 256;

    private final BooleanSupplier shared;
    private final boolean openToLan;
    private final CredentialStore bearers;
    private final CredentialStore cookies;
    private final Throttles throttles;
    private final Map<Set<RouteRole>, Guard> guards = new ConcurrentHashMap<>();

    /**
     * @param shared whether there is an admin
     * @param openToLan whether callers in the local network count as the local owner until there is one
     * @param bearers whose secret stands in an Authorization header
     * @param cookies whose secret stands in the cookie, for browsers
     */
    public Gate(
            BooleanSupplier shared,
            boolean openToLan,
            CredentialStore bearers,
            CredentialStore cookies,
            Throttles throttles) {
        this.shared = shared;
        this.openToLan = openToLan;
        this.bearers = bearers;
        this.cookies = cookies;
        this.throttles = throttles;
    }

    /** Runs before every matched handler. @throws Problem 401, 403, 415 or 429 */
    public void handle(Context ctx) {
        Guard guard = guards.computeIfAbsent(ctx.routeRoles(), Guard::of);
        Actor where = where(ctx);
        Caller caller = guard.access() == Access.PUBLIC ? Caller.anonymous(where) : admit(ctx, guard, where);
        if (caller == null) {
            return; // a browser was sent elsewhere
        }
        ctx.attribute(Requests.CALLER, caller);
        guard.budget().ifPresent(budget -> throttles.take(budget, Requests.client(ctx)));
        ctx.attribute(Requests.OAUTH, guard.oauth());
        if (!guard.files()) {
            requireReadable(ctx, guard.oauth());
        }
    }

    private static Actor where(Context ctx) {
        String agent = ctx.header("User-Agent");
        String shortened =
                agent != null && agent.length() > MAX_USER_AGENT ? agent.substring(0, MAX_USER_AGENT) : agent;
        return new Actor(null, Requests.client(ctx).address().getHostAddress(), shortened);
    }

    /** Null when a browser was sent elsewhere. */
    private Caller admit(Context ctx, Guard guard, Actor where) {
        Visit visit = new Visit(guard, Requests.client(ctx), secret(ctx), where);
        ctx.attribute(Requests.AGAIN, (Supplier<Optional<Caller>>) () -> again(visit));
        try {
            return enter(visit, true);
        } catch (Problem refused) {
            if (guard.page() && sendElsewhere(ctx, refused)) {
                return null;
            }
            throw refused;
        }
    }

    /** What the answer depends on; the same visit may be let in now and refused a moment later. */
    private record Visit(Guard guard, Client client, Optional<Secret> secret, Actor where) {}

    /** Whether, and as whom, a visit that goes on is let in by now; asking is no use of a credential. */
    private Optional<Caller> again(Visit visit) {
        try {
            return Optional.of(enter(visit, false));
        } catch (Problem refused) {
            return Optional.empty();
        }
    }

    private Caller enter(Visit visit, boolean noteUse) {
        return shared.getAsBoolean() ? enterAsUser(visit, noteUse) : enterAsLocalOwner(visit);
    }

    private Caller enterAsLocalOwner(Visit visit) {
        Client client = visit.client();
        if (visit.guard().local() && (client.onThisMachine() || openToLan && client.inThisNetwork())) {
            return Caller.localOwner(visit.where());
        }
        throw Problem.forbidden(
                "setup_required",
                "This library has no accounts yet and is open only on its own machine. Open /setup to share it.");
    }

    private static Caller enterAsUser(Visit visit, boolean noteUse) {
        Secret secret =
                visit.secret().orElseThrow(() -> Problem.unauthenticated("unauthenticated", "Please sign in first."));
        Caller caller = secret.store()
                .resolve(secret.text(), visit.where(), noteUse)
                .orElseThrow(() -> Problem.unauthenticated(
                        "invalid_token", "Your sign-in is no longer valid. Please sign in again."));
        if (caller.user().passwordChangeRequired() && !visit.guard().beforePasswordChange()) {
            throw Problem.forbidden(
                    "password_change_required", "Choose a new password first; until then nothing else is open.");
        }
        visit.guard().authorise(caller);
        return caller;
    }

    /** A page that may open after setup or sign-in, which is also where a new password is chosen, is not refused. */
    private static boolean sendElsewhere(Context ctx, Problem refused) {
        switch (refused.code()) {
            case "setup_required" -> ctx.redirect("/setup");
            case "unauthenticated", "invalid_token", "password_change_required" -> toLogin(ctx);
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void toLogin(Context ctx) {
        ctx.redirect("/login?next=" + URLEncoder.encode(target(ctx), StandardCharsets.UTF_8));
    }

    private static String target(Context ctx) {
        return ctx.queryString() == null ? ctx.path() : ctx.path() + "?" + ctx.queryString();
    }

    /** What a request came with, and who knows whose it is. */
    private record Secret(String text, CredentialStore store) {
        @Override
        public String toString() {
            return "Secret[…]";
        }
    }

    /** The secret in the Authorization header, else in the cookie; a header that is no bearer token is no secret. */
    private Optional<Secret> secret(Context ctx) {
        Enumeration<String> headers = ctx.req().getHeaders("Authorization");
        if (!headers.hasMoreElements()) {
            return SessionCookie.read(ctx).map(token -> new Secret(token, cookies));
        }
        String header = headers.nextElement();
        if (headers.hasMoreElements()) { // who stands between may have read the other one
            throw Problem.malformed("There is more than one Authorization header.");
        }
        boolean bearer = header.regionMatches(true, 0, "Bearer ", 0, 7);
        return bearer ? Optional.of(new Secret(header.substring(7).strip(), bearers)) : Optional.empty();
    }

    private static void requireReadable(Context ctx, boolean formToo) {
        boolean hasBody = ctx.req().getContentLengthLong() > 0 || ctx.header("Transfer-Encoding") != null;
        if (hasBody && !isOf(ctx, "application/json") && !(formToo && isOf(ctx, OAuthParameters.FORM))) {
            throw Problem.of(
                    Problem.Kind.UNSUPPORTED_MEDIA_TYPE,
                    "unsupported_media_type",
                    "Send the body as application/json" + (formToo ? " or " + OAuthParameters.FORM : "") + ".");
        }
    }

    /** Whether the body says that it is of this type; Jetty's own reading fails on an unknown charset. */
    static boolean isOf(Context ctx, String type) {
        String header = ctx.header(Header.CONTENT_TYPE);
        return header != null && header.split(";", 2)[0].strip().equalsIgnoreCase(type);
    }
}
