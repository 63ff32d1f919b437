package dev.latchkey.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Examples of a schema: its own when it has one, else made of those of its parts. */
final class ApiDocsExample {
    private static final ObjectWriter COMPACT = new ObjectMapper().writer();
    private static final ObjectWriter PRETTY = COMPACT.with(new DefaultPrettyPrinter(
            Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER)));

    private ApiDocsExample() {}

    /** An example of {@code described}, a schema or something that has one, as JSON for people. */
    static String pretty(ApiDocsNode described) {
        return json(PRETTY, of(described));
    }

    /** The same on one line. */
    static String compact(ApiDocsNode described) {
        return json(COMPACT, of(described));
    }

    private static String json(ObjectWriter writer, Object example) {
        try {
            return writer.writeValueAsString(example);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("openapi.yaml has an example that is no JSON: " + example, e);
        }
    }

    static Object of(ApiDocsNode described) {
        for (String key : List.of("example", "const", "default")) {
            if (described.has(key)) {
                return described.at(key).value();
            }
        }
        if (described.has("schema")) {
            return of(described.at("schema"));
        }
        return described.has("anyOf") ? of(described.at("anyOf").items().get(0)) : byType(described);
    }

    private static Object byType(ApiDocsNode schema) {
        Map<String, ApiDocsNode> properties = ApiDocsSchema.propertiesOf(schema);
        if (!properties.isEmpty()) {
            Map<String, Object> example = new LinkedHashMap<>();
            properties.forEach((name, property) -> example.put(name, of(property)));
            return example;
        }
        if (schema.has("items")) {
            return Collections.singletonList(of(schema.at("items")));
        }
        return schema.has("enum") ? schema.at("enum").items().get(0).value() : "…";
    }
}
