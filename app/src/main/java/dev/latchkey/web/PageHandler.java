package dev.latchkey.web;

import dev.latchkey.error.Problem;
import dev.latchkey.web.StaticFiles.StaticFile;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Optional;

/** Serves our pages and what they are made of. Pages hold no data: their scripts fetch it from the API. */
public final class PageHandler {
    private final StaticFiles files = new StaticFiles();

    /** The handler of the page {@code name}, such as {@code setup}. */
    public Handler page(String name) {
        return ctx -> send(ctx, name + ".html");
    }

    /**
     * The handler of a page that one-time links lead to. It is kept nowhere: a browser that goes back loads it anew
     * instead of bringing back the link's secret and what was typed.
     */
    public Handler landing(String name) {
        return ctx -> {
            send(ctx, name + ".html");
            ctx.header("Cache-Control", "no-store");
        };
    }

    /** The service worker, which may only look after pages below the folder it comes from. */
    public void serviceWorker(Context ctx) {
        send(ctx, "service-worker.js");
    }

    /** Leads on to another page of ours. */
    public Handler redirect(String path) {
        return ctx -> ctx.redirect(path);
    }

    /** The handler of the styles, scripts and pictures in {@code folder}, which ends with a slash. */
    public Handler asset(String folder) {
        return ctx -> send(ctx, folder + ctx.pathParam("file"));
    }

    /** The page that tells a person about {@code status}; empty when there is none of its own. */
    public Optional<byte[]> problemPage(int status) {
        return switch (status) {
            case 403 -> files.find("forbidden.html").map(StaticFile::bytes);
            case 404 -> files.find("not-found.html").map(StaticFile::bytes);
            default -> Optional.empty();
        };
    }

    private void send(Context ctx, String name) {
        StaticFile file =
                files.find(name).orElseThrow(() -> Problem.notFound("There is nothing at " + ctx.path() + "."));
        ctx.header("ETag", file.etag()).header("Cache-Control", "no-cache");
        if (file.etag().equals(ctx.header("If-None-Match"))) {
            ctx.status(304);
        } else {
            ctx.contentType(file.contentType()).result(file.bytes());
        }
    }
}
