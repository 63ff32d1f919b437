package dev.latchkey.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/** An answer of the server, and what it was the answer to. */
public record Reply(String method, String path, int status, Map<String, List<String>> headers, byte[] body) {
    static final ObjectMapper JSON = new ObjectMapper();

    public Reply {
        Map<String, List<String>> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        anyCase.putAll(headers);
        headers = anyCase;
    }

    /** Fails unless the status is this one; an error of the API must also have the form of one. */
    public Reply expect(int expected) {
        assertThat(status).as(this::toString).isEqualTo(expected);
        if (status >= 400 && path.startsWith("/api/") && !method.equals("HEAD")) {
            ProblemForm.check(this);
        }
        return this;
    }

    /** Fails unless this is the problem with this status and code. */
    public Reply refused(int expected, String code) {
        expect(expected);
        assertThat(code()).as(this::toString).isEqualTo(code);
        return this;
    }

    /** The {@code code} of a problem, or the {@code error} of OAuth. */
    public String code() {
        return json().path(json().has("code") ? "code" : "error").asText();
    }

    /** The names of the fields that a problem complains about. */
    public List<String> errorFields() {
        return StreamSupport.stream(json().path("errors").spliterator(), false)
                .map(error -> error.path("field").asText())
                .toList();
    }

    public JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(toString(), e);
        }
    }

    /** The value at a JSON pointer; fails when there is none. */
    public JsonNode at(String pointer) {
        JsonNode value = json().at(pointer);
        assertThat(value.isMissingNode())
                .as("nothing at " + pointer + " of " + this)
                .isFalse();
        return value;
    }

    /** The text at a JSON pointer. */
    public String textAt(String pointer) {
        return at(pointer).asText();
    }

    /** The number at a JSON pointer. */
    public long longAt(String pointer) {
        JsonNode value = at(pointer);
        assertThat(value.isIntegralNumber()).as(pointer + " of " + this).isTrue();
        return value.asLong();
    }

    /** The only value of a header; empty text when it is missing. */
    public String header(String name) {
        List<String> values = headers.getOrDefault(name, List.of());
        assertThat(values).as(name + " of " + this).hasSizeLessThanOrEqualTo(1);
        return values.isEmpty() ? "" : values.get(0);
    }

    /** The cookie that this answer sets, as a whole header value. */
    public Optional<String> setCookie() {
        return headers.getOrDefault("Set-Cookie", List.of()).stream().findFirst();
    }

    /** What a browser sends back for the cookie that this answer sets: its name and value. */
    public String cookie() {
        return setCookie()
                .orElseThrow(() -> new AssertionError("no cookie in " + this))
                .split(";")[0];
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        String shown = text().length() > 800 ? text().substring(0, 800) + "…" : text();
        return method + " " + path + " → " + status + " " + headers + "\n" + shown;
    }
}
