package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.harness.ContractCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** What has to hold for openapi.yaml by itself, without a server. */
class OpenApiDocumentTest {
    private static final ContractCheck CONTRACT = ContractCheck.shipped();
    private static final JsonNode DOCUMENT = CONTRACT.document();

    @Test
    void everyExampleKeepsToItsOwnSchema() {
        List<String> wrong = new ArrayList<>();
        walk("", DOCUMENT, (place, node) -> {
            boolean isSchema = node.has("type") || node.has("$ref") || node.has("allOf") || node.has("anyOf");
            if (node.has("example") && (node.has("schema") || isSchema)) {
                JsonNode schema = node.has("schema") ? node.path("schema") : node;
                CONTRACT.errors(schema, node.path("example").toString())
                        .forEach(error -> wrong.add(place + ": " + error));
            }
        });
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        List<String> dangling = new ArrayList<>();
        walk("", DOCUMENT, (place, node) -> {
            String reference = node.path("$ref").asText("#");
            if (DOCUMENT.at(reference.substring(1)).isMissingNode()) {
                dangling.add(place + ": " + reference);
            }
        });
        assertThat(dangling).isEmpty();
    }

    @Test
    void noResponseMayHaveFieldsThatTheContractDoesNotName() {
        Set<String> open = new TreeSet<>();
        walk("", DOCUMENT, (place, node) -> {
            if (place.contains("/responses/") && node.has("schema")) {
                findOpen(place, node.path("schema"), false, open);
            }
        });
        assertThat(open).isEmpty();
    }

    /** Collects objects below {@code schema} that take any field; parts of an {@code allOf} are closed by what holds them. */
    private static void findOpen(String place, JsonNode schema, boolean closedAbove, Set<String> open) {
        if (schema.has("$ref")) {
            String reference = schema.path("$ref").asText();
            findOpen(reference, DOCUMENT.at(reference.substring(1)), closedAbove, open);
            return;
        }
        boolean closed = closedAbove
                || isFalse(schema.path("additionalProperties"))
                || isFalse(schema.path("unevaluatedProperties"));
        if (schema.has("properties") && !closed) {
            open.add(place);
        }
        schema.path("allOf").forEach(part -> findOpen(place, part, closed, open));
        schema.path("anyOf").forEach(part -> findOpen(place, part, false, open));
        schema.path("properties").forEach(property -> findOpen(place, property, false, open));
        if (schema.has("items")) {
            findOpen(place, schema.path("items"), false, open);
        }
    }

    private static boolean isFalse(JsonNode node) {
        return node.isBoolean() && !node.asBoolean();
    }

    @Test
    void everyErrorNamesItsCodes() {
        Set<String> silent = new TreeSet<>();
        walk("", DOCUMENT, (place, node) -> {
            if (node.path("content").has("application/problem+json")
                    && node.path("x-codes").isEmpty()) {
                silent.add(place);
            }
        });
        assertThat(silent).isEmpty();
    }

    @Test
    void everyOperationIsDescribedInFull() {
        Set<String> ids = new TreeSet<>();
        for (JsonNode path : DOCUMENT.path("paths")) {
            for (JsonNode operation : path) {
                assertThat(ids.add(operation.path("operationId").asText()))
                        .as(operation.toString())
                        .isTrue();
                assertThat(operation.path("summary").asText()).isNotBlank();
                assertThat(operation.path("tags")).hasSize(1);
                assertThat(operation.has("security")).as(operation.toString()).isTrue();
                assertThat(operation.path("responses").has("421")).isTrue();
            }
        }
    }

    @Test
    void theVersionIsThatOfTheProject() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        assertThat(pom).contains("<version>" + DOCUMENT.at("/info/version").asText() + "</version>\n  <name>");
    }

    private static void walk(String place, JsonNode node, BiConsumer<String, JsonNode> visitor) {
        visitor.accept(place, node);
        node.properties().forEach(member -> walk(place + "/" + member.getKey(), member.getValue(), visitor));
        if (node.isArray()) {
            node.forEach(member -> walk(place + "/", member, visitor));
        }
    }
}
