package dev.latchkey.web;

import io.javalin.http.Context;
import java.util.List;

/** What a phone needs to know to install the pages as an app (W3C Web Application Manifest, and its Share Target). */
public final class ManifestHandler {
    private static final String COLOUR = "#17483d";

    private final Manifest manifest;

    /** @param instanceName what the app is called on the home screen */
    public ManifestHandler(String instanceName) {
        manifest = new Manifest(
                "/",
                instanceName,
                instanceName,
                "/",
                "/",
                "standalone",
                COLOUR,
                COLOUR,
                List.of(
                        new Icon("/assets/favicon.svg", "any", "image/svg+xml", "any"),
                        new Icon("/assets/icon-192.png", "192x192", "image/png", "any"),
                        new Icon("/assets/icon-512.png", "512x512", "image/png", "any"),
                        new Icon("/assets/icon-maskable-512.png", "512x512", "image/png", "maskable")),
                new ShareTarget(
                        "/share",
                        "POST",
                        "multipart/form-data",
                        new ShareParams(List.of(new SharedFiles("files", List.of("*/*"))))));
    }

    /** {@code /manifest.webmanifest} */
    public void manifest(Context ctx) {
        ctx.header("Cache-Control", "no-cache").json(manifest).contentType("application/manifest+json");
    }

    private record Manifest(
            String id,
            String name,
            String shortName,
            String startUrl,
            String scope,
            String display,
            String themeColor,
            String backgroundColor,
            List<Icon> icons,
            ShareTarget shareTarget) {}

    private record Icon(String src, String sizes, String type, String purpose) {}

    private record ShareTarget(String action, String method, String enctype, ShareParams params) {}

    private record ShareParams(List<SharedFiles> files) {}

    private record SharedFiles(String name, List<String> accept) {}
}
