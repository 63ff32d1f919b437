package dev.latchkey.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What every error of the API looks like, and what none of them may show. */
public final class ProblemForm {
    private static final List<String> INSIDES = List.of(
            "Exception",
            "Throwable",
            "\tat ",
            "Caused by",
            "dev.latchkey",
            "java.",
            "javalin",
            "jetty",
            "jackson",
            "sqlite",
            "SQLITE",
            "SELECT ",
            "INSERT ",
            "UPDATE ",
            "latchkey.db",
            "blobs/",
            "/tmp/");

    private static final List<String> OAUTH = List.of("/api/auth/token", "/api/auth/revoke", "/api/auth/device");

    private ProblemForm() {}

    /**
     * Fails unless {@code reply} is a problem document of RFC 9457 with the members of DESIGN.md, or, from an endpoint of
     * OAuth, an error of RFC 6749.
     */
    public static void check(Reply reply) {
        if (reply.status() == 400
                && OAUTH.contains(reply.path().split("[?]")[0])
                && reply.json().has("error")) {
            checkOAuth(reply);
            return;
        }
        assertThat(reply.header("Content-Type")).as(reply::toString).startsWith("application/problem+json");
        JsonNode problem = reply.json();
        assertThat(problem.path("status").asInt()).as(reply::toString).isEqualTo(reply.status());
        for (String member : List.of("type", "title", "detail", "code", "request_id")) {
            assertThat(problem.path(member).asText())
                    .as(member + " of " + reply)
                    .isNotEmpty();
        }
        assertThat(problem.path("code").asText()).as(reply::toString).matches("[a-z0-9_]+");
        checkShowsNoInsides(reply);
    }

    private static void checkOAuth(Reply reply) {
        assertThat(reply.header("Content-Type")).as(reply::toString).startsWith("application/json");
        assertThat(reply.header("Cache-Control")).as(reply::toString).isEqualTo("no-store");
        assertThat(reply.textAt("/error")).as(reply::toString).matches("[a-z_]+");
        // RFC 6749, 5.2 leaves out quotes, backslashes and all that is not ASCII.
        assertThat(reply.textAt("/error_description"))
                .as(reply::toString)
                .matches("[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]+");
        checkShowsNoInsides(reply);
    }

    /** Fails when an answer shows a stack, a class, SQL or a path. */
    public static void checkShowsNoInsides(Reply reply) {
        assertThat(reply.text()).as(reply::toString).doesNotContain(INSIDES);
    }
}
