package dev.latchkey.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the operation that a request means; a path that is written out wins over one with parameters. */
final class ContractPaths {
    private record Template(String text, Pattern pattern, JsonNode methods) {
        static Template of(Map.Entry<String, JsonNode> path) {
            String pattern = Stream.of(path.getKey().split("/"))
                    .map(part -> part.startsWith("{") ? "[^/]+" : Pattern.quote(part))
                    .collect(Collectors.joining("/"));
            return new Template(path.getKey(), Pattern.compile(pattern), path.getValue());
        }

        boolean isFixed() {
            return text.indexOf('{') < 0;
        }
    }

    private final List<Template> templates;

    ContractPaths(JsonNode paths) {
        templates = paths.properties().stream()
                .map(Template::of)
                .sorted(Comparator.comparing(Template::isFixed).reversed())
                .toList();
    }

    /** The responses of the operation, or a missing node when there is no such operation. HEAD falls back on GET. */
    JsonNode responses(String method, String path) {
        return operation(method, path)
                .or(() -> method.equals("HEAD") ? operation("GET", path) : Optional.empty())
                .map(operation -> operation.path("responses"))
                .orElse(MissingNode.getInstance());
    }

    private Optional<JsonNode> operation(String method, String path) {
        return matching(method, path).map(template -> template.methods().path(method.toLowerCase(Locale.ROOT)));
    }

    /** Whether this is an operation whose path has no parameters, so that it is never "not found". */
    boolean isFixed(String method, String path) {
        return matching(method, path).filter(Template::isFixed).isPresent();
    }

    /** The path of the contract that a request means, such as {@code /api/media/{id}}. */
    Optional<String> template(String method, String path) {
        return matching(method, path).map(Template::text);
    }

    private Optional<Template> matching(String method, String path) {
        return templates.stream()
                .filter(template -> template.methods().has(method.toLowerCase(Locale.ROOT)))
                .filter(template -> template.pattern().matcher(path).matches())
                .findFirst();
    }
}
