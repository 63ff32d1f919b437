package dev.latchkey.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.config.ConfigLoader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no honest client sends, byte by byte, against a library in local mode. */
class StrangeRequestsTest {
    private static Server server;

    @BeforeAll
    static void start(@TempDir Path folder) {
        Map<String, String> settings = Map.of(
                "listen", "127.0.0.1:0",
                "data_dir", folder.toString(),
                "storage.reserve_bytes", "0",
                "throttle.factor", "0",
                "cors_origins", "https://app.example.org");
        server = Server.start(ConfigLoader.fromMap(settings), Clock.systemUTC());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** The whole answer to a request of these lines, which end the connection. */
    private static String answer(String... lines) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(60_000);
            String request = String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n";
            request += request.contains("Content-Length: 2") ? "{}" : "";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "POST"})
    void aHeaderNeverTurnsAMethodIntoAnother(String method) throws IOException {
        assertThat(answer(
                        method + " /api/media/1 HTTP/1.1",
                        "Host: localhost",
                        "Origin: http://evil.example",
                        "X-HTTP-Method-Override: DELETE"))
                .startsWith("HTTP/1.1 400");
    }

    @Test
    void aHostWithATrailingDotIsThatHost() throws IOException {
        assertThat(answer("GET /api/media HTTP/1.1", "Host: 127.0.0.1.")).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Real-IP: 203.0.113.9",
                "Via: 1.1 proxy",
                "X-Forwarded-Port: 80",
                "CF-Connecting-IP: 203.0.113.9"
            })
    void whateverAProxyLeavesBehindMakesTheCallerNoLocalOwner(String trace) throws IOException {
        assertThat(answer("GET /api/media HTTP/1.1", "Host: 127.0.0.1", trace)).startsWith("HTTP/1.1 403");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json; charset=x", "application/json; charset=\"", "multipart/form-data; charset=x"})
    void anUnknownCharsetIsNoFailureOfOurs(String type) throws IOException {
        assertThat(answer(
                        "POST /api/auth/login HTTP/1.1",
                        "Host: localhost",
                        "Content-Length: 2",
                        "Content-Type: " + type))
                .startsWith("HTTP/1.1 4");
        assertThat(answer("POST /api/media HTTP/1.1", "Host: localhost", "Content-Length: 2", "Content-Type: " + type))
                .startsWith("HTTP/1.1 4");
    }

    @Test
    void aVeryLongNameOfAnAssetIsNotFound() throws IOException {
        assertThat(answer("GET /assets/" + "a-".repeat(6000) + "a.js HTTP/1.1", "Host: localhost"))
                .startsWith("HTTP/1.1 404");
    }

    @ParameterizedTest
    @ValueSource(strings = {"+1", "%2B1", "01", "%D9%A1", "9223372036854775808"})
    void anIdHasOneSpelling(String id) throws IOException {
        assertThat(answer("GET /api/media/" + id + " HTTP/1.1", "Host: localhost"))
                .startsWith("HTTP/1.1 400");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://app.example.org", "https://evil.example", "null"})
    void aPageOfAnotherOriginIsNeverTheLocalOwner(String origin) throws IOException {
        assertThat(answer("GET /api/media HTTP/1.1", "Host: localhost", "Origin: " + origin))
                .startsWith("HTTP/1.1 403")
                .contains("setup_required");
        assertThat(answer(
                        "DELETE /api/media/1 HTTP/1.1",
                        "Host: localhost",
                        "Origin: " + origin,
                        "Authorization: Bearer x"))
                .startsWith("HTTP/1.1 403")
                .contains("setup_required");
    }

    @Test
    void whoeverComesThroughAnOldProxyIsNotTheLocalOwner() throws IOException {
        assertThat(answer("GET /api/media HTTP/1.0", "Host: 127.0.0.1"))
                .startsWith("HTTP/1.1 403")
                .contains("setup_required");
    }
}
