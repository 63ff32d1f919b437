package dev.latchkey.web;

import java.util.LinkedHashMap;
import java.util.Map;

/** What an operation answers: successes in full, errors folded away. */
record ApiDocsOutput(ApiDocsHtml out) {

    void write(ApiDocsNode responses) {
        out.element("h4", "Answers");
        Map<String, ApiDocsNode> errors = new LinkedHashMap<>();
        responses.fields().forEach((status, response) -> {
            if (status.compareTo("400") < 0) {
                success(status, response);
            } else {
                errors.put(status, response);
            }
        });
        if (!errors.isEmpty()) {
            errors(errors);
        }
    }

    private void success(String status, ApiDocsNode response) {
        out.open("div", "class", "answer").open("p");
        out.element("span", status, "class", "status good").text(" ");
        new ApiDocsText(out).inline(response.at("description").text());
        out.close("p");
        response.at("content").fields().forEach(this::content);
        response.at("headers").fields().forEach(this::header);
        out.close("div");
    }

    private void content(String contentType, ApiDocsNode content) {
        out.open("p").element("code", contentType).text(" ");
        new ApiDocsType(out).write(content.at("schema"));
        out.close("p");
        if (contentType.endsWith("json")) {
            out.open("details").element("summary", "Example");
            new ApiDocsText(out).code(ApiDocsExample.pretty(content));
            out.close("details");
        }
    }

    private void header(String name, ApiDocsNode header) {
        out.open("p", "class", "header").element("code", name).text(" ");
        new ApiDocsText(out).inline(header.at("description").text());
        out.close("p");
    }

    private void errors(Map<String, ApiDocsNode> errors) {
        out.open("details").open("summary").text("Errors ");
        errors.keySet()
                .forEach(status ->
                        out.element("span", status, "class", "status bad").text(" "));
        out.close("summary");
        ApiDocsTable table = new ApiDocsTable(out, "Status", "Code", "Meaning");
        table.open();
        errors.forEach((status, response) -> response.at("x-codes")
                .fields()
                .forEach((code, meaning) -> table.row(
                        () -> out.element("span", status, "class", "status bad"),
                        () -> out.element("code", code),
                        () -> new ApiDocsText(out).inline(meaning.text()))));
        table.close();
        out.close("details");
    }
}
