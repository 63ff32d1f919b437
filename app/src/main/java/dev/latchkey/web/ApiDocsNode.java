package dev.latchkey.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A place in the OpenAPI document. A place that is not there is a node without a value, so that callers can ask before
 * they look. {@code $ref} is followed silently; keys beside it win over those it points to, as OpenAPI 3.1 has it.
 */
record ApiDocsNode(Map<?, ?> document, Object value) {

    boolean exists() {
        return value != null;
    }

    String text() {
        return exists() ? value.toString() : "";
    }

    ApiDocsNode at(String key) {
        Map<?, ?> own = own();
        if (own.containsKey(key) || !own.containsKey("$ref")) {
            return node(own.get(key));
        }
        return target().at(key);
    }

    boolean has(String key) {
        return own().containsKey(key) || own().containsKey("$ref") && target().has(key);
    }

    /** The last part of this node's own {@code $ref}; empty when it has none. */
    String referenceName() {
        Object reference = own().get("$ref");
        return reference == null
                ? ""
                : reference.toString().substring(reference.toString().lastIndexOf('/') + 1);
    }

    List<ApiDocsNode> items() {
        return value instanceof List<?> list ? list.stream().map(this::node).toList() : List.of();
    }

    List<String> texts() {
        return items().stream().map(ApiDocsNode::text).toList();
    }

    /** The members of this mapping, in the order of the document. */
    Map<String, ApiDocsNode> fields() {
        if (own().containsKey("$ref")) {
            return target().fields();
        }
        Map<String, ApiDocsNode> fields = new LinkedHashMap<>();
        own().forEach((key, member) -> fields.put(key.toString(), node(member)));
        return fields;
    }

    private ApiDocsNode target() {
        String reference = own().get("$ref").toString();
        ApiDocsNode place = node(document);
        for (String step : reference.substring(reference.indexOf('/') + 1).split("/")) {
            place = place.at(step);
        }
        if (!place.exists()) {
            throw new IllegalStateException("openapi.yaml has no " + reference);
        }
        return place;
    }

    private Map<?, ?> own() {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private ApiDocsNode node(Object member) {
        return new ApiDocsNode(document, member);
    }
}
