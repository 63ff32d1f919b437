package dev.latchkey.harness;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Starts calls of one server, with headers that go with each of them. */
public final class Http {
    private final Supplier<URI> base;
    private final Map<String, String> headers;

    Http(Supplier<URI> base) {
        this(base, Map.of());
    }

    private Http(Supplier<URI> base, Map<String, String> headers) {
        this.base = base;
        this.headers = headers;
    }

    /** A client that sends this header with every call. */
    public Http with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Http(base, more);
    }

    /** A client whose calls reach the server as those of {@code address}, by a trusted proxy on the loopback. */
    public Http from(String address) {
        return with("X-Forwarded-For", address);
    }

    public Call get(String path) {
        return call("GET", path);
    }

    public Call head(String path) {
        return call("HEAD", path);
    }

    public Call post(String path) {
        return call("POST", path);
    }

    public Call put(String path) {
        return call("PUT", path);
    }

    public Call patch(String path) {
        return call("PATCH", path);
    }

    public Call delete(String path) {
        return call("DELETE", path);
    }

    public Call call(String method, String path) {
        Call call = new Call(base.get(), method, path);
        headers.forEach(call::header);
        return call;
    }

    /** The origin that a page of this server has: scheme, host and port. */
    public String origin() {
        return base.get().toString();
    }
}
