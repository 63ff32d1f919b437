package dev.latchkey.web;

import java.io.InputStream;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Turns the OpenAPI document into the page for people at {@code /api/docs}. */
public final class ApiDocs {
    private ApiDocs() {}

    /**
     * A complete HTML page that shows every operation and schema of {@code openapiYaml}. It needs no script, no inline
     * style and nothing but {@code /assets/docs.css}; every text of the document is escaped. Leaves the stream open.
     *
     * @throws IllegalStateException when the document refers to a part of itself that is not there
     */
    public static String html(InputStream openapiYaml) {
        Load yaml = new Load(LoadSettings.builder().setLabel("openapi.yaml").build());
        Map<?, ?> document = (Map<?, ?>) yaml.loadFromInputStream(openapiYaml);
        return new ApiDocsPage(new ApiDocsNode(document, document)).html();
    }
}
