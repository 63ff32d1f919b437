package dev.latchkey.http;

import io.javalin.http.Context;
import java.net.URI;
import java.util.Optional;

/** Makes the addresses that we hand out: from {@code public_url}, else from the Host that passed the allowlist. */
public final class Links {
    private final Optional<URI> publicUrl;

    public Links(Optional<URI> publicUrl) {
        this.publicUrl = publicUrl;
    }

    /** The address of {@code path}, which begins with a slash. */
    public String to(Context ctx, String path) {
        return site(ctx) + path;
    }

    /** Our own address without a slash at its end, for links that a service writes into a mail. */
    public String site(Context ctx) {
        return publicUrl
                .map(URI::toString)
                .orElseGet(() -> Requests.client(ctx).site())
                .replaceAll("/+$", "");
    }
}
