package dev.latchkey.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.latchkey.harness.Await;
import dev.latchkey.harness.Sample;
import dev.latchkey.harness.World;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration of nginx in docs/reverse-proxy.md, run by a real nginx. */
class ReverseProxyTest {
    private static final Path NGINX = Path.of("/usr/sbin/nginx");
    private static final String ELSEWHERE = "203.0.113.7";

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private int port;
    private String token;

    @Test
    void nginx_as_documented_passes_large_uploads_ranges_events_and_addresses_on() throws Exception {
        assumeTrue(Files.isExecutable(NGINX), "nginx is not installed");
        port = freePort();
        String site = "http://localhost:" + port;
        try (World world = World.start(Map.of("trusted_proxies", "127.0.0.1", "public_url", site))) {
            token = world.member().token();
            Process nginx = start(world.server().port());
            try {
                Await.until("nginx", this::isListening);
                check(world);
            } finally {
                nginx.destroy();
                nginx.waitFor();
            }
        }
    }

    private void check(World world) throws Exception {
        HttpResponse<InputStream> stream = client.send(request("/api/events").build(), BodyHandlers.ofInputStream());
        BufferedReader events = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8));
        assertThat(stream.headers().firstValue("Content-Type")).contains("text/event-stream");
        awaitLine(events, "event: hello");

        byte[] bytes = new byte[5_000_000];
        new Random().nextBytes(bytes);
        HttpResponse<String> put = client.send(
                request("/api/media/raw?filename=large.bin")
                        .PUT(BodyPublishers.ofByteArray(bytes))
                        .build(),
                BodyHandlers.ofString());
        assertThat(put.statusCode()).as(put.body()).isEqualTo(201);
        assertThat(put.body()).contains(Sample.sha256(bytes));
        awaitLine(events, "event: media.added");
        String id = put.body().replaceAll("(?s).*\"id\":(\\d+),\"sha256.*", "$1");
        HttpResponse<byte[]> part = client.send(
                request("/api/media/" + id + "/content")
                        .header("Range", "bytes=4999990-")
                        .build(),
                BodyHandlers.ofByteArray());
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).hasSize(10);

        String body = "{\"username\":\"mel\",\"password\":\"" + World.PASSWORD + "\"}";
        HttpResponse<String> login = client.send(
                request("/api/auth/login")
                        .header("Content-Type", "application/json")
                        .header("X-Forwarded-For", ELSEWHERE)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        assertThat(login.statusCode()).as(login.body()).isEqualTo(200);
        assertThat(world.http()
                        .get("/api/auth/sessions")
                        .as(world.member())
                        .expect(200)
                        .textAt("/items/0/ip"))
                .as("a header of a client itself is the one before the proxy's")
                .isEqualTo(ELSEWHERE);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Authorization", "Bearer " + token);
    }

    private static void awaitLine(BufferedReader lines, String wanted) throws IOException {
        for (String line = lines.readLine(); !wanted.equals(line); line = lines.readLine()) {
            assertThat(line).as("end before " + wanted).isNotNull();
        }
    }

    /** What stands in the documentation, but for HTTPS and the ports. */
    private Process start(int upstream) throws IOException {
        String server = Files.readAllLines(Path.of("docs/reverse-proxy.md")).stream()
                .dropWhile(line -> !line.equals("## nginx"))
                .skip(1)
                .takeWhile(line -> line.isBlank() || line.startsWith("    "))
                .filter(line -> !line.contains("ssl_certificate"))
                .collect(Collectors.joining("\n"))
                .replace("listen 443 ssl http2;", "listen 127.0.0.1:" + port + ";")
                .replace("127.0.0.1:5397", "127.0.0.1:" + upstream)
                .replace("$host;", "$http_host;"); // this test has a port in its address
        assertThat(server).contains("proxy_pass http://127.0.0.1:" + upstream);
        String temporary = List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi").stream()
                .map(kind -> kind + "_temp_path " + folder.resolve(kind) + ";\n")
                .collect(Collectors.joining());
        Path file = Files.writeString(
                folder.resolve("nginx.conf"),
                "daemon off;\npid " + folder.resolve("pid") + ";\nevents {}\nhttp {\naccess_log off;\ngzip on;\n"
                        + "gzip_proxied any;\ngzip_types *;\n" + temporary + server + "}\n");
        return new ProcessBuilder(
                        NGINX.toString(), "-e", folder.resolve("error.log").toString(), "-c", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.log").toFile())
                .start();
    }

    private boolean isListening() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
