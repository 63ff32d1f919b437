package dev.latchkey.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A curl command that calls an operation, with the examples of the document filled in. */
record ApiDocsCurl(String method, String path, ApiDocsNode operation) {
    private static final String SERVER = "http://localhost:5397";

    String command() {
        List<String> words = new ArrayList<>(List.of("curl"));
        words.addAll(verb());
        words.add('"' + SERVER + filledPath() + query() + '"');
        StringBuilder command = new StringBuilder(String.join(" ", words));
        options().forEach(option -> command.append(" \\\n  ").append(option));
        return command.toString();
    }

    /** What makes curl use the method; it chooses GET by itself, and POST or PUT when it is given a body. */
    private List<String> verb() {
        boolean implied = method.equals("get") || operation.has("requestBody") && !method.equals("patch");
        if (method.equals("head")) {
            return List.of("-I");
        }
        if (answersFile()) {
            return List.of("-fOJ");
        }
        return implied ? List.of() : List.of("-X", method.toUpperCase(Locale.ROOT));
    }

    private boolean answersFile() {
        return operation.at("responses").at("200").at("content").has("*/*");
    }

    private List<String> options() {
        List<String> options = new ArrayList<>();
        if (!operation.at("security").items().isEmpty()) {
            options.add("-H \"Authorization: Bearer $TOKEN\"");
        }
        for (ApiDocsNode header : ApiDocsOperation.parameters(operation, "header")) {
            if (header.at("required").text().equals("true")) {
                options.add("-H " + quoted(header.at("name").text() + ": " + ApiDocsExample.of(header)));
            }
        }
        Map.Entry<String, ApiDocsNode> body = ApiDocsOperation.firstContent(operation.at("requestBody"));
        if (body != null) {
            options.addAll(body(body.getKey(), body.getValue()));
        }
        return options;
    }

    private static List<String> body(String contentType, ApiDocsNode content) {
        return switch (contentType) {
            case "multipart/form-data" -> List.of("-F files=@beach.jpg", "-F files=@birthday.mp4");
            case "application/octet-stream" -> List.of("-T beach.jpg");
            case "application/offset+octet-stream" ->
                List.of("-H 'Content-Type: " + contentType + "'", "--data-binary @beach.jpg");
            case "application/x-www-form-urlencoded" -> form(ApiDocsExample.of(content));
            default ->
                List.of("-H 'Content-Type: " + contentType + "'", "-d " + quoted(ApiDocsExample.compact(content)));
        };
    }

    private static List<String> form(Object example) {
        return ((Map<?, ?>) example)
                .entrySet().stream()
                        .map(field -> "--data-urlencode " + quoted(field.getKey() + "=" + field.getValue()))
                        .toList();
    }

    private static String quoted(String argument) {
        return "'" + argument.replace("'", "'\\''") + "'";
    }

    private String filledPath() {
        String filled = path;
        for (ApiDocsNode parameter : ApiDocsOperation.parameters(operation, "path")) {
            filled = filled.replace("{" + parameter.at("name").text() + "}", example(parameter));
        }
        return filled;
    }

    /** The parameters that are needed; for a list without such, the first one shows how it is done. */
    private String query() {
        List<ApiDocsNode> all = ApiDocsOperation.parameters(operation, "query");
        List<ApiDocsNode> shown = new ArrayList<>(all);
        shown.removeIf(parameter -> !parameter.at("required").text().equals("true"));
        if (shown.isEmpty() && !all.isEmpty()) {
            shown.add(all.get(0));
        }
        StringBuilder query = new StringBuilder();
        for (ApiDocsNode parameter : shown) {
            query.append(query.isEmpty() ? '?' : '&')
                    .append(parameter.at("name").text())
                    .append('=')
                    .append(example(parameter));
        }
        return query.toString();
    }

    private static String example(ApiDocsNode parameter) {
        return URLEncoder.encode(String.valueOf(ApiDocsExample.of(parameter)), StandardCharsets.UTF_8);
    }
}
