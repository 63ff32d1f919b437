package dev.latchkey.fuzz;

import dev.latchkey.harness.RawHttp;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.TestServer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** A request of any octets; header values are written as they are, one octet for each character below 256. */
record Shot(String method, String target, Map<String, String> headers, byte[] body) {
    static Shot of(String method, String target) {
        return new Shot(method, target, Map.of(), new byte[0]);
    }

    Shot header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Shot(method, target, more, body);
    }

    Shot body(String contentType, byte[] bytes) {
        return new Shot(method, target, headers, bytes).header("Content-Type", contentType);
    }

    Shot json(String json) {
        return body("application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    /** The same request with a session token. */
    Shot as(String token) {
        return header("Authorization", "Bearer " + token);
    }

    Reply at(TestServer server) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("Host", "localhost");
        all.put("Connection", "close");
        all.put("Content-Length", String.valueOf(body.length));
        all.putAll(headers);
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        all.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        whole.writeBytes(body);
        try (RawHttp raw = server.raw()) {
            Reply reply = raw.offer(whole.toByteArray()).read();
            return new Reply(method, target, reply.status(), reply.headers(), reply.body());
        }
    }

    @Override
    public String toString() {
        String shown = new String(body, StandardCharsets.ISO_8859_1);
        return method + " " + target + " " + headers + " " + shown.substring(0, Math.min(500, shown.length()));
    }
}
