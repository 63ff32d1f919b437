package dev.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class ApiDocsTest {
    private static final String HOSTILE = """
            openapi: 3.1.0
            info: {title: "<script>alert(1)</script>", version: "1", summary: "a & b", description: "## <b>x</b>\\n\\n`<i>`"}
            tags: [{name: "\\"><img src=x>", description: "<style>*{}</style>"}]
            paths:
              /api/<b>:
                get:
                  operationId: "x\\" onclick=\\"alert(1)"
                  tags: ["\\"><img src=x>"]
                  summary: <u>summary</u>
                  description: "**<em>**"
                  security: []
                  parameters: [{name: "<q>", in: query, schema: {type: string, pattern: "<p>", example: "'$(id)<z>"}}]
                  responses: {"200": {description: "<blink>", content: {application/json: {schema: {$ref: "#/components/schemas/S"}}}}}
            components:
              schemas:
                S: {type: object, properties: {"<k>": {type: string, example: "</pre><script>"}}}
            """;

    @Test
    void shows_every_operation_with_its_route_and_a_place_in_the_contents() throws IOException {
        String page = page();
        var paths = document().at("paths").fields();
        assertThat(paths).hasSizeGreaterThan(20);
        paths.forEach((path, methods) -> methods.fields().forEach((method, operation) -> {
            String anchor = "op-" + operation.at("operationId").text();
            assertThat(page)
                    .contains(" id=\"" + anchor + "\"", " href=\"#" + anchor + "\"")
                    .contains(">" + method.toUpperCase(Locale.ROOT) + "</span> <code>" + path + "</code>");
        }));
    }

    @Test
    void links_only_to_places_that_exist_once() throws IOException {
        String page = page();
        List<String> anchors = found(page, " id=\"([^\"]*)\"");
        assertThat(anchors).doesNotHaveDuplicates().containsAll(found(page, " href=\"#([^\"]*)\""));
    }

    @Test
    void needs_no_script_no_inline_style_and_nothing_from_elsewhere() throws IOException {
        String page = page();
        assertThat(page).doesNotContainPattern("<script|<style| style=|javascript:|<[^>]* on[a-z]+=");
        assertThat(found(page, " (?:href|src)=\"([^\"#]+)\""))
                .containsOnly("/assets/docs.css", "/api/openapi.yaml", "/");
    }

    @Test
    void closes_every_element_that_it_opens() throws IOException {
        String page = page();
        for (String tag : List.of("section", "details", "table", "td", "code", "p", "ul", "pre", "div", "nav", "a")) {
            assertThat(found(page, "(<" + tag + ")[ >]"))
                    .as(tag)
                    .isNotEmpty()
                    .hasSameSizeAs(found(page, "(</" + tag + ">)"));
        }
    }

    @Test
    void escapes_whatever_the_document_says() {
        assertThat(page(HOSTILE))
                .doesNotContain("<script", "<img", "<style", "<b>", "<u>", "<i>", "<em>", "<blink", "<q>", "<k>", "<z>")
                .doesNotContain("</pre><script>")
                .doesNotContainPattern("<[^>]* onclick=\"")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;", "a &amp; b", "&lt;blink&gt;", "%24%28id%29%3Cz%3E");
    }

    @Test
    void refuses_a_document_that_refers_to_what_it_does_not_have() {
        assertThatThrownBy(() -> page(HOSTILE.replace("schemas/S", "schemas/T")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("#/components/schemas/T");
    }

    @Test
    void writes_curl_commands_that_a_shell_takes_as_they_are() {
        String yaml = """
                info: {title: t}
                tags: [{name: a}]
                paths:
                  /api/things/{id}:
                    patch:
                      operationId: change
                      tags: [a]
                      security: [{bearer: [member, session]}]
                      parameters: [{name: id, in: path, schema: {type: integer, example: 7}}]
                      requestBody: {content: {application/json: {schema: {type: object, example: {name: "Ada's"}}}}}
                """;
        assertThat(page(yaml).replace("&#39;", "'").replace("&quot;", "\"")).contains("""
                        curl -X PATCH "http://localhost:5397/api/things/7" \\
                          -H "Authorization: Bearer $TOKEN" \\
                          -H 'Content-Type: application/json' \\
                          -d '{"name":"Ada'\\''s"}'""");
    }

    private static String page() throws IOException {
        try (InputStream yaml = yaml()) {
            return ApiDocs.html(yaml);
        }
    }

    private static String page(String yaml) {
        return ApiDocs.html(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
    }

    private static InputStream yaml() {
        return ApiDocs.class.getResourceAsStream("/openapi.yaml");
    }

    private static ApiDocsNode document() throws IOException {
        try (InputStream yaml = yaml()) {
            Map<?, ?> document = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromInputStream(yaml);
            return new ApiDocsNode(document, document);
        }
    }

    private static List<String> found(String page, String pattern) {
        return Pattern.compile(pattern)
                .matcher(page)
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
