package dev.latchkey.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The page as a whole: head, table of contents, introduction, operations by tag, schemas. */
final class ApiDocsPage {
    private final ApiDocsNode document;
    private final List<ApiDocsOperation> operations = new ArrayList<>();
    private final ApiDocsHtml out = new ApiDocsHtml();
    private final ApiDocsText text = new ApiDocsText(out);
    private final ApiDocsSchema schemas = new ApiDocsSchema(out);

    ApiDocsPage(ApiDocsNode document) {
        this.document = document;
        document.at("paths")
                .fields()
                .forEach((path, methods) -> methods.fields()
                        .forEach((method, operation) -> operations.add(new ApiDocsOperation(method, path, operation))));
    }

    String html() {
        head();
        out.open("body").element("a", "Skip to the contents", "class", "skip", "href", "#main");
        header();
        out.open("div", "class", "columns");
        out.open("nav", "class", "contents wide", "aria-label", "Contents");
        contents();
        out.close("nav");
        out.open("details", "class", "contents narrow").element("summary", "Contents");
        out.open("nav", "aria-label", "Contents");
        contents();
        out.close("nav").close("details");
        main();
        return out.close("div").close("body").close("html").toString();
    }

    private void head() {
        out.open("!doctype html").open("html", "lang", "en").open("head");
        out.open("meta", "charset", "utf-8");
        out.open("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        out.open("meta", "name", "color-scheme", "content", "light dark");
        out.element("title", title() + " API");
        out.open("link", "rel", "stylesheet", "href", "/assets/docs.css").close("head");
    }

    private void header() {
        out.open("header", "class", "top").open("p", "class", "name");
        out.element("a", title(), "href", "/").text(" API ");
        out.element("span", document.at("info").at("version").text(), "class", "version");
        out.close("p");
        out.element("a", "openapi.yaml", "href", "/api/openapi.yaml").close("header");
    }

    private String title() {
        return document.at("info").at("title").text();
    }

    private void contents() {
        out.open("ul");
        ApiDocsText.headings(introduction()).forEach(heading -> link(heading, ApiDocsText.anchor(heading)));
        out.close("ul");
        tags().forEach((tag, described) -> {
            out.open("p")
                    .element("a", tag, "href", "#" + ApiDocsText.anchor(tag))
                    .close("p");
            out.open("ul");
            operationsOf(tag).forEach(operation -> operation.contentsLine(out));
            out.close("ul");
        });
        out.open("p").element("a", "Schemas", "href", "#schemas").close("p");
    }

    private void link(String label, String anchor) {
        out.open("li").element("a", label, "href", "#" + anchor).close("li");
    }

    private void main() {
        out.open("main", "id", "main");
        out.element("h1", title() + " API");
        out.open("p", "class", "lead");
        text.inline(document.at("info").at("summary").text());
        out.close("p");
        text.blocks(introduction());
        credentials();
        tags().forEach(this::group);
        schemas.all(document.at("components").at("schemas").fields());
        out.close("main");
    }

    private String introduction() {
        return document.at("info").at("description").text();
    }

    private void credentials() {
        out.open("dl");
        document.at("components").at("securitySchemes").fields().forEach((name, scheme) -> {
            out.element("dt", name).open("dd");
            text.blocks(scheme.at("description").text());
            out.close("dd");
        });
        out.close("dl");
    }

    private void group(String tag, ApiDocsNode described) {
        out.open("section", "class", "group", "aria-labelledby", ApiDocsText.anchor(tag));
        out.element("h2", tag, "id", ApiDocsText.anchor(tag));
        text.blocks(described.at("description").text());
        operationsOf(tag).forEach(operation -> operation.section(out));
        out.close("section");
    }

    private Map<String, ApiDocsNode> tags() {
        Map<String, ApiDocsNode> tags = new LinkedHashMap<>();
        document.at("tags").items().forEach(tag -> tags.put(tag.at("name").text(), tag));
        return tags;
    }

    private List<ApiDocsOperation> operationsOf(String tag) {
        return operations.stream().filter(operation -> operation.hasTag(tag)).toList();
    }
}
