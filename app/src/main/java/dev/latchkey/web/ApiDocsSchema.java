package dev.latchkey.web;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Schemas: the list of all of them, and the properties of one as a table. */
record ApiDocsSchema(ApiDocsHtml out) {

    void all(Map<String, ApiDocsNode> schemas) {
        out.open("section", "class", "group", "aria-labelledby", "schemas");
        out.element("h2", "Schemas", "id", "schemas");
        schemas.forEach(this::section);
        out.close("section");
    }

    private void section(String name, ApiDocsNode schema) {
        out.open("section", "class", "schema", "id", "schema-" + name);
        out.open("h3").text(name + " ");
        out.element("a", "#", "class", "anchor", "href", "#schema-" + name, "aria-label", "Link to this schema");
        out.close("h3");
        new ApiDocsText(out).blocks(schema.at("description").text());
        if (propertiesOf(schema).isEmpty()) {
            out.open("p");
            new ApiDocsType(out).write(schema);
            out.close("p");
        } else {
            properties(schema);
            example(schema);
        }
        out.close("section");
    }

    private void example(ApiDocsNode schema) {
        out.open("details").element("summary", "Example");
        new ApiDocsText(out).code(ApiDocsExample.pretty(schema));
        out.close("details");
    }

    /** A table of the properties of {@code schema}; nothing when it has none. */
    void properties(ApiDocsNode schema) {
        Map<String, ApiDocsNode> properties = propertiesOf(schema);
        if (properties.isEmpty()) {
            return;
        }
        Set<String> required = requiredOf(schema);
        ApiDocsTable table = new ApiDocsTable(out, "Field", "Type", "Meaning");
        table.open();
        properties.forEach((name, property) -> row(table, name, property, required.contains(name)));
        table.close();
    }

    private void row(ApiDocsTable table, String name, ApiDocsNode property, boolean required) {
        table.row(
                () -> {
                    out.element("code", name);
                    if (!required) {
                        out.text(" ").element("small", "optional");
                    }
                },
                () -> new ApiDocsType(out).write(property),
                () -> new ApiDocsText(out).blocks(property.at("description").text()));
    }

    /** The properties of {@code schema} and of everything it is made of by {@code allOf}. */
    static Map<String, ApiDocsNode> propertiesOf(ApiDocsNode schema) {
        Map<String, ApiDocsNode> properties = new LinkedHashMap<>();
        schema.at("allOf").items().forEach(part -> properties.putAll(propertiesOf(part)));
        properties.putAll(schema.at("properties").fields());
        return properties;
    }

    private static Set<String> requiredOf(ApiDocsNode schema) {
        Set<String> required = new LinkedHashSet<>(schema.at("required").texts());
        schema.at("allOf").items().forEach(part -> required.addAll(requiredOf(part)));
        return required;
    }
}
