package dev.latchkey.web;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One operation: what it does, who may call it, what goes in and what comes out. */
record ApiDocsOperation(String method, String path, ApiDocsNode operation) {

    boolean hasTag(String tag) {
        return operation.at("tags").texts().contains(tag);
    }

    private String anchor() {
        return "op-" + operation.at("operationId").text();
    }

    void contentsLine(ApiDocsHtml out) {
        out.open("li").open("a", "href", "#" + anchor());
        badge(out);
        out.text(" " + operation.at("summary").text());
        out.close("a").close("li");
    }

    private void badge(ApiDocsHtml out) {
        out.element("span", method.toUpperCase(Locale.ROOT), "class", "method " + method);
    }

    void section(ApiDocsHtml out) {
        out.open("section", "class", "operation", "id", anchor(), "aria-labelledby", anchor() + "-title");
        out.open("h3", "id", anchor() + "-title").text(operation.at("summary").text() + " ");
        out.element("a", "#", "class", "anchor", "href", "#" + anchor(), "aria-label", "Link to this operation");
        out.close("h3").open("p", "class", "route");
        badge(out);
        out.text(" ").element("code", path).close("p");
        access(out);
        new ApiDocsText(out).blocks(operation.at("description").text());
        new ApiDocsInput(out).write(operation);
        new ApiDocsOutput(out).write(operation.at("responses"));
        curl(out);
        out.close("section");
    }

    private void access(ApiDocsHtml out) {
        out.open("p", "class", "access");
        out.element("span", "Access ", "class", "label");
        List<ApiDocsNode> ways = operation.at("security").items();
        if (ways.isEmpty()) {
            out.element("span", "public", "class", "chip public");
        } else {
            List<String> needs = ways.get(0).at("bearer").texts();
            out.element("span", needs.get(0), "class", "chip role");
            out.element("span", credential(needs), "class", "chip");
        }
        if (ways.stream().anyMatch(way -> way.fields().isEmpty())) {
            out.element("span", "local owner without login", "class", "chip");
        }
        out.close("p");
    }

    private static String credential(List<String> needs) {
        if (needs.size() < 2) {
            return "no personal access token";
        }
        return needs.get(1).equals("session") ? "session only" : "scope " + needs.get(1);
    }

    private void curl(ApiDocsHtml out) {
        out.open("details").element("summary", "curl");
        new ApiDocsText(out).code(new ApiDocsCurl(method, path, operation).command());
        out.close("details");
    }

    /** The parameters of this operation that stand in {@code place}: path, query or header. */
    static List<ApiDocsNode> parameters(ApiDocsNode operation, String place) {
        return operation.at("parameters").items().stream()
                .filter(parameter -> parameter.at("in").text().equals(place))
                .toList();
    }

    /** The first content type of a body or response with its description, or null when there is none. */
    static Map.Entry<String, ApiDocsNode> firstContent(ApiDocsNode message) {
        return message.at("content").fields().entrySet().stream().findFirst().orElse(null);
    }
}
