package dev.latchkey.api;

import dev.latchkey.http.EventStreams;
import io.javalin.http.Context;

/** The route by which pages and programs learn what happens while it happens. */
public final class EventHandler {
    private final EventStreams streams;

    public EventHandler(EventStreams streams) {
        this.streams = streams;
    }

    /** Server-sent events, until the watcher leaves or may not watch any more. */
    public void events(Context ctx) {
        if (ctx.req().getMethod().equals("HEAD")) {
            ctx.contentType("text/event-stream");
        } else {
            streams.open(ctx);
        }
    }
}
