package dev.latchkey.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.latchkey.error.Problem;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.IntFunction;
import org.eclipse.jetty.http.HttpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where anything that went wrong becomes a response: problem+json, or a page for a person. */
public final class ProblemRenderer {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemRenderer.class);

    private final IntFunction<Optional<byte[]>> pages;

    /** @param pages the HTML page for a status, where there is one */
    public ProblemRenderer(IntFunction<Optional<byte[]>> pages) {
        this.pages = pages;
    }

    /** Takes over every exception that a handler may let out. */
    public void install(RoutesConfig routes) {
        routes.exception(Problem.class, this::render);
        routes.exception(HttpResponseException.class, (e, ctx) -> render(of(e, ctx), ctx));
        routes.exception(Exception.class, (e, ctx) -> render(of(e), ctx));
    }

    private static Problem of(HttpResponseException e, Context ctx) {
        return switch (e.getStatus()) {
            case 404 -> Problem.notFound("There is nothing at " + ctx.path() + ".");
            case 405 -> methodNotAllowed(e, ctx);
            case 413 -> Problem.of(Problem.Kind.TOO_LARGE, "too_large", "The request is too large.");
            default ->
                e.getStatus() < 500 ? Problem.malformed("The request cannot be understood.") : Problem.internal(e);
        };
    }

    private static Problem methodNotAllowed(HttpResponseException e, Context ctx) {
        String allowed = String.join(", ", e.getDetails().values());
        ctx.header("Allow", allowed);
        return Problem.of(Problem.Kind.METHOD_NOT_ALLOWED, "method_not_allowed", "Allowed here: " + allowed + ".");
    }

    private static Problem of(Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof Problem problem) {
                return problem;
            }
            if (cause instanceof HttpException http && http.getCode() < 500) {
                return Problem.malformed("The request cannot be understood.");
            }
        }
        return Problem.internal(e);
    }

    private void render(Problem problem, Context ctx) {
        int status = ProblemBody.status(problem.kind());
        log(problem, status, ctx);
        if (ctx.res().isCommitted()) {
            return; // the answer is under way: the connection ends and the client sees it cut short
        }
        if (Boolean.TRUE.equals(ctx.attribute(Requests.OAUTH)) && OAuthError.covers(problem)) {
            ctx.status(OAuthError.STATUS).json(OAuthError.of(problem));
            return;
        }
        ctx.status(status);
        headers(problem, ctx);
        Optional<byte[]> page = wantsPage(ctx) ? pages.apply(status) : Optional.empty();
        if (page.isPresent()) {
            ctx.contentType("text/html; charset=utf-8").result(page.get());
        } else {
            ctx.result(json(ProblemBody.of(problem, ctx.attribute(Arrival.REQUEST_ID))));
            ctx.contentType(ProblemBody.CONTENT_TYPE);
        }
    }

    private static void headers(Problem problem, Context ctx) {
        retryAfter(problem).ifPresent(wait -> ctx.header("Retry-After", Long.toString(Math.max(1, wait.toSeconds()))));
        if (problem.kind() == Problem.Kind.UNAUTHENTICATED) {
            boolean hadToken = problem.code().equals("invalid_token");
            ctx.header("WWW-Authenticate", hadToken ? "Bearer error=\"invalid_token\"" : "Bearer");
        }
        if (problem.code().equals("insufficient_scope")) {
            ctx.header("WWW-Authenticate", "Bearer error=\"insufficient_scope\"");
        }
    }

    /** Whatever is not available now may be soon; where nobody said when, a few seconds are a fair guess. */
    private static Optional<Duration> retryAfter(Problem problem) {
        return problem.kind() == Problem.Kind.UNAVAILABLE
                ? problem.retryAfter().or(() -> Optional.of(Duration.ofSeconds(5)))
                : problem.retryAfter();
    }

    private static boolean wantsPage(Context ctx) {
        String accept = ctx.header("Accept");
        boolean forPrograms = ctx.path().startsWith("/api/") || ctx.path().startsWith("/cli/");
        return !forPrograms && accept != null && accept.contains("text/html");
    }

    private static void log(Problem problem, int status, Context ctx) {
        String id = ctx.attribute(Arrival.REQUEST_ID);
        if (problem.kind() == Problem.Kind.STORAGE_FULL) {
            // One line: a log full of stacks would fill what is left of the disk.
            LOG.error(
                    "{} {} found the disk full [{}]",
                    ctx.req().getMethod(),
                    ctx.req().getRequestURI(),
                    id);
        } else if (status >= 500 && problem.getCause() != null) {
            LOG.error(
                    "{} {} failed with {} [{}]",
                    ctx.req().getMethod(),
                    ctx.path(),
                    problem.code(),
                    id,
                    problem.getCause());
        } else if (status == 401 || status == 403 || status == 429) {
            LOG.info("Denied {} {}: {} [{}]", ctx.req().getMethod(), ctx.req().getRequestURI(), problem.code(), id);
        }
    }

    private static byte[] json(ProblemBody body) {
        try {
            return Json.MAPPER.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
