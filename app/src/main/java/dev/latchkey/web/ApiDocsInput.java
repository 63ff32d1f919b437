package dev.latchkey.web;

import java.util.List;

/** What an operation takes: parameters and body. */
record ApiDocsInput(ApiDocsHtml out) {

    void write(ApiDocsNode operation) {
        parameters(operation.at("parameters").items());
        if (operation.has("requestBody")) {
            body(operation.at("requestBody"));
        }
    }

    private void parameters(List<ApiDocsNode> parameters) {
        if (parameters.isEmpty()) {
            return;
        }
        ApiDocsTable table = new ApiDocsTable(out, "Parameter", "Type", "Meaning");
        out.element("h4", "Parameters");
        table.open();
        parameters.forEach(parameter -> row(table, parameter));
        table.close();
    }

    private void row(ApiDocsTable table, ApiDocsNode parameter) {
        table.row(
                () -> {
                    out.element("code", parameter.at("name").text()).text(" ");
                    out.element("small", parameter.at("in").text());
                    if (parameter.at("required").text().equals("true")) {
                        out.text(" ").element("small", "required", "class", "required");
                    }
                },
                () -> new ApiDocsType(out).write(parameter.at("schema")),
                () -> new ApiDocsText(out).blocks(parameter.at("description").text()));
    }

    private void body(ApiDocsNode body) {
        out.element("h4", "Body");
        new ApiDocsText(out).blocks(body.at("description").text());
        body.at("content").fields().forEach((contentType, content) -> {
            out.open("p").element("code", contentType).text(" ");
            new ApiDocsType(out).write(content.at("schema"));
            out.close("p");
            new ApiDocsSchema(out).properties(content.at("schema"));
        });
    }
}
