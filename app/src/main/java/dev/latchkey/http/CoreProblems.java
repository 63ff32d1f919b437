package dev.latchkey.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.latchkey.error.Problem;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Writes the problems that come up below Javalin: refused hosts, and requests that Jetty cannot parse. */
public final class CoreProblems extends ErrorHandler {
    /** Jetty would leave the others without a body. */
    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    protected void generateResponse(
            Request request, Response response, int code, String message, Throwable cause, Callback callback) {
        write(request, response, callback, problem(code), code);
    }

    private static Problem problem(int code) {
        return switch (code) {
            case 404 -> Problem.notFound("There is nothing here.");
            case 413, 414, 431 -> Problem.of(Problem.Kind.TOO_LARGE, "too_large", "The request is too large.");
            case 503 -> Problem.busy("The server is stopping or overloaded.", java.time.Duration.ofSeconds(5));
            default -> code < 500 ? Problem.malformed("The request is not valid HTTP.") : Problem.internal(null);
        };
    }

    static void write(Request request, Response response, Callback callback, Problem problem) {
        write(request, response, callback, problem, ProblemBody.status(problem.kind()));
    }

    private static void write(Request request, Response response, Callback callback, Problem problem, int status) {
        ProblemBody body = ProblemBody.of(problem, RequestIds.next());
        request.consumeAvailable(); // or the answer says that the connection ends
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, ProblemBody.CONTENT_TYPE);
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        response.getHeaders().put("X-Request-Id", body.requestId());
        problem.retryAfter().ifPresent(wait -> response.getHeaders().put(HttpHeader.RETRY_AFTER, wait.toSeconds()));
        boolean bodyless = "HEAD".equals(request.getMethod());
        response.write(true, bodyless ? ByteBuffer.allocate(0) : bytes(body.withStatus(status)), callback);
    }

    private static ByteBuffer bytes(ProblemBody body) {
        try {
            return ByteBuffer.wrap(Json.MAPPER.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
