package dev.latchkey.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How much of a list is wanted, shared by the commands that print one. */
final class ListOptions {
    private static final int PAGE = 200;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "How many at most (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--all", description = "All of them.")
    private boolean all;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /**
     * The items of a list, page by page.
     *
     * @param filters query parameters; those whose value is null are left out
     */
    List<JsonNode> fetch(Connection connection, String path, Map<String, Object> filters) {
        if (limit < 1) {
            throw new ParameterException(command.commandLine(), "--limit must be 1 or more");
        }
        return fetch(connection, path, filters, all ? Integer.MAX_VALUE : limit);
    }

    /** Every item of a list that is never long. */
    static List<JsonNode> everything(Connection connection, String path) {
        return fetch(connection, path, Map.of(), Integer.MAX_VALUE);
    }

    private static List<JsonNode> fetch(Connection connection, String path, Map<String, Object> filters, int wanted) {
        List<JsonNode> items = new ArrayList<>();
        String cursor = null;
        do {
            Map<String, Object> query = new LinkedHashMap<>(filters);
            query.put("limit", Math.min(PAGE, wanted - items.size()));
            query.put("cursor", cursor);
            JsonNode page = connection.get(path + query(query));
            page.path("items").forEach(items::add);
            cursor = page.path("next_cursor").asText(null);
        } while (cursor != null && items.size() < wanted);
        return items;
    }

    private static String query(Map<String, Object> parameters) {
        StringBuilder query = new StringBuilder();
        parameters.forEach((name, value) -> {
            if (value != null) {
                query.append(query.isEmpty() ? '?' : '&')
                        .append(name)
                        .append('=')
                        .append(URLEncoder.encode(value.toString(), StandardCharsets.UTF_8));
            }
        });
        return query.toString();
    }
}
