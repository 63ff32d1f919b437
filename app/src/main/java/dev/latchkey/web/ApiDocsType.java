package dev.latchkey.web;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;

/** The type of a value in words, with its bounds, and with links to the schemas it names. */
record ApiDocsType(ApiDocsHtml out) {

    void write(ApiDocsNode schema) {
        if (!schema.referenceName().isEmpty()) {
            String name = schema.referenceName();
            out.element("a", name, "href", "#schema-" + name);
        } else if (schema.has("anyOf")) {
            alternatives(schema.at("anyOf").items());
        } else if (schema.has("enum")) {
            values(schema.at("enum").texts());
        } else if (schema.has("const")) {
            values(List.of(schema.at("const").text()));
        } else {
            out.text(types(schema));
            items(schema.at("items"));
        }
        bounds(schema);
    }

    private void alternatives(List<ApiDocsNode> alternatives) {
        Iterator<ApiDocsNode> rest = alternatives.iterator();
        while (rest.hasNext()) {
            write(rest.next());
            out.text(rest.hasNext() ? " or " : "");
        }
    }

    private void values(List<String> values) {
        Iterator<String> rest = values.iterator();
        while (rest.hasNext()) {
            out.element("code", rest.next()).text(rest.hasNext() ? ", " : "");
        }
    }

    private void items(ApiDocsNode items) {
        if (items.exists()) {
            out.text(" of ");
            write(items);
        }
    }

    private static String types(ApiDocsNode schema) {
        ApiDocsNode type = schema.at("type");
        List<String> names = type.items().isEmpty() ? List.of(type.text()) : type.texts();
        return names.stream().map(name -> name.equals("array") ? "list" : name).collect(Collectors.joining(" or "));
    }

    private void bounds(ApiDocsNode schema) {
        if (!schema.referenceName().isEmpty()) {
            return;
        }
        List<String> bounds = new ArrayList<>();
        if (!schema.at("format").text().startsWith("int")) {
            bounds.add(schema.at("format").text());
        }
        bounds.add(range(schema, "minimum", "maximum", ""));
        bounds.add(range(schema, "minLength", "maxLength", " characters"));
        bounds.add(range(schema, "minItems", "maxItems", " items"));
        bounds.add(schema.has("default") ? "default " + schema.at("default").text() : "");
        bounds.removeIf(String::isEmpty);
        if (!bounds.isEmpty()) {
            out.text(" ").element("small", String.join(", ", bounds));
        }
        if (schema.has("pattern")) {
            out.text(" ").element("code", schema.at("pattern").text(), "class", "pattern");
        }
    }

    private static String range(ApiDocsNode schema, String least, String most, String unit) {
        String from = schema.at(least).text();
        String to = schema.at(most).text();
        if (from.isEmpty() && to.isEmpty()) {
            return "";
        }
        if (to.isEmpty()) {
            return "at least " + from + unit;
        }
        return from.isEmpty() ? "at most " + to + unit : from + " to " + to + unit;
    }
}
