package dev.latchkey.web;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;

/** The API's own description: the OpenAPI document, and the same as a page to read. */
public final class DocsHandler {
    private volatile String page;

    /** {@code /api/openapi.yaml} */
    public void openapi(Context ctx) throws IOException {
        ctx.header("Cache-Control", "no-cache").contentType("application/yaml; charset=utf-8");
        try (InputStream in = document()) {
            ctx.result(in.readAllBytes());
        }
    }

    /** {@code /api/docs} */
    public void page(Context ctx) throws IOException {
        if (page == null) {
            try (InputStream in = document()) {
                page = ApiDocs.html(in);
            }
        }
        ctx.header("Cache-Control", "no-cache").html(page);
    }

    private static InputStream document() {
        return DocsHandler.class.getResourceAsStream("/openapi.yaml");
    }
}
