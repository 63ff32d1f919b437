package dev.latchkey.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Holds responses of a real server against {@code openapi.yaml}: the status has to be documented for the operation, the
 * content type has to be one of that status, JSON has to match its schema, and a problem has to carry a code that is
 * documented there. Safe for use by many threads.
 */
public final class ContractCheck {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROBLEM = "application/problem+json";
    /** What any request may get before it has reached an operation, with the code that it then carries. */
    private static final Map<Integer, String> BEFORE_ANY_OPERATION = Map.of(
            400,
            "malformed",
            404,
            "not_found",
            405,
            "method_not_allowed",
            413,
            "too_large",
            414,
            "too_large",
            421,
            "unknown_host",
            431,
            "too_large");

    private final JsonNode document;
    private final ContractPaths paths;
    private final Map<JsonNode, Schema> schemas = new ConcurrentHashMap<>();
    private final SchemaRegistry registry = SchemaRegistry.withDialect(
            Dialect.builder(Dialects.getDraft202012())
                    .keyword(new NonValidationKeyword("components"))
                    .keyword(new NonValidationKeyword("example"))
                    .build(),
            builder -> builder.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

    private ContractCheck(JsonNode document) {
        this.document = document;
        this.paths = new ContractPaths(document.path("paths"));
    }

    /** A check against the contract that the jar ships. */
    public static ContractCheck shipped() {
        try (InputStream yaml = ContractCheck.class.getResourceAsStream("/openapi.yaml")) {
            Object document = new Load(LoadSettings.builder().build()).loadFromInputStream(yaml);
            return new ContractCheck(JSON.valueToTree(document));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The whole contract. */
    public JsonNode document() {
        return document;
    }

    /** Every operation as {@code GET /api/media/{id}}. */
    public Set<String> operations() {
        Set<String> operations = new TreeSet<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(
                                method -> operations.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        return operations;
    }

    /** The operation that a request means, as in {@link #operations()}; empty when there is none. */
    public Optional<String> operation(String method, String path) {
        return paths.template(method, plain(path)).map(template -> method + " " + template);
    }

    /**
     * Checks one response. Paths outside of {@code /api} are pages and stand in no contract: they always pass.
     *
     * @param path what was asked for, a query string allowed
     * @param contentType the response's header, null when there is none
     * @throws AssertionError that names the request and everything that is wrong with the response
     */
    public void check(String method, String path, int status, String contentType, byte[] body) {
        String plainPath = plain(path);
        if (!plainPath.matches("(?s)/(api|cli)/.*") || method.equals("OPTIONS") || method.equals("TRACE")) {
            return;
        }
        Exchange exchange = new Exchange(method + " " + path + " → " + status, method, status, contentType, body);
        JsonNode responses = paths.responses(method, plainPath);
        JsonNode response = resolve(responses.path(Integer.toString(status)));
        if (!response.isMissingNode()) {
            documented(exchange, response);
        } else if (BEFORE_ANY_OPERATION.containsKey(status) && !(status == 404 && paths.isFixed(method, plainPath))) {
            problem(exchange, List.of(BEFORE_ANY_OPERATION.get(status)));
        } else {
            throw exchange.wrong("the contract does not have this status here", text(body));
        }
    }

    private static String plain(String path) {
        return path.split("[?#]", 2)[0];
    }

    private record Exchange(String name, String method, int status, String contentType, byte[] body) {
        boolean hasBody() {
            return body != null && body.length > 0;
        }

        AssertionError wrong(String what, Object detail) {
            return new AssertionError(name + ": " + what + ": " + detail);
        }
    }

    private void documented(Exchange exchange, JsonNode response) {
        if (exchange.method().equals("HEAD") || !response.has("content")) {
            if (exchange.hasBody()) {
                throw exchange.wrong("the contract has no body here", text(exchange.body()));
            }
            return;
        }
        JsonNode content = response.path("content");
        String type = exchange.contentType() == null
                ? ""
                : exchange.contentType().split(";", 2)[0].strip();
        JsonNode described = content.has(type) ? content.path(type) : content.path("*/*");
        if (described.isMissingNode()) {
            throw exchange.wrong("the contract has another content type here", type);
        }
        if (type.equals(PROBLEM)) {
            problem(exchange, fieldNames(response.path("x-codes")));
        } else if (type.endsWith("json") && content.has(type)) {
            documents(type, exchange.body()).forEach(json -> matches(exchange, described.path("schema"), json));
        }
    }

    private void problem(Exchange exchange, Collection<String> codes) {
        if (exchange.method().equals("HEAD")) {
            return;
        }
        if (!PROBLEM.equals(exchange.contentType())) {
            throw exchange.wrong("an error has to be " + PROBLEM, exchange.contentType());
        }
        String json = text(exchange.body());
        matches(exchange, JSON.createObjectNode().put("$ref", "#/components/schemas/Problem"), json);
        JsonNode problem = read(json);
        if (problem.path("status").asInt() != exchange.status()) {
            throw exchange.wrong("the problem tells another status", json);
        }
        if (!codes.contains(problem.path("code").asText())) {
            throw exchange.wrong("the contract has other codes here, " + codes, json);
        }
    }

    private static Stream<String> documents(String type, byte[] body) {
        return type.endsWith("ndjson") ? text(body).lines() : Stream.of(text(body));
    }

    private void matches(Exchange exchange, JsonNode schema, String json) {
        List<String> errors = errors(schema, json);
        if (!errors.isEmpty()) {
            throw exchange.wrong(errors.toString(), json);
        }
    }

    /** What is wrong with {@code json} by a schema of the contract; empty when nothing is. */
    public List<String> errors(JsonNode schema, String json) {
        return schemas.computeIfAbsent(schema, this::compile).validate(json, InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }

    /** A schema that stands by itself, because references lead into the components beside it. */
    private Schema compile(JsonNode schema) {
        ObjectNode whole = JSON.createObjectNode();
        whole.putArray("allOf").add(schema);
        whole.set("components", document.path("components"));
        return registry.getSchema(whole.toString());
    }

    private JsonNode resolve(JsonNode response) {
        return response.has("$ref") ? document.at(response.path("$ref").asText().substring(1)) : response;
    }

    private static Collection<String> fieldNames(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(byte[] body) {
        return body == null ? "" : new String(body, StandardCharsets.UTF_8);
    }
}
