package dev.latchkey.cli;

import dev.latchkey.config.Config;
import dev.latchkey.config.ConfigLoader;
import dev.latchkey.server.Server;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/**
 * Starts a throw-away library, takes the ways that people take, and stops: what the JVM loads meanwhile goes into the
 * class-data archive that makes real starts fast.
 */
@Command(name = "rehearse", hidden = true, description = "Warms up a class-data archive.")
final class RehearseCommand implements Runnable {
    private static final List<String> VISITS =
            List.of("/", "/api/health", "/api/health/ready", "/api/instance", "/api/media");

    @Override
    public void run() {
        try {
            Path folder = Files.createTempDirectory("latchkey-rehearsal");
            rehearse(ConfigLoader.fromMap(
                    Map.of("listen", "127.0.0.1:0", "data_dir", folder.toString(), "storage.reserve_bytes", "0")));
            delete(folder);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void rehearse(Config config) throws IOException {
        try (Server server = Server.start(config, Clock.systemUTC())) {
            String base = "http://127.0.0.1:" + server.port();
            send("PUT", base + "/api/media/raw?filename=a.txt", "text/plain", "hello");
            for (String path : VISITS) {
                send("GET", base + path, null, null);
            }
            send("GET", base + "/api/media/1/content", null, null);
            String account = "{\"username\":\"rehearsal\",\"password\":\"correct horse battery\"}";
            send("POST", base + "/api/auth/setup", "application/json", account);
            send("POST", base + "/api/auth/login", "application/json", account);
        }
    }

    private static void send(String method, String url, String type, String body) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url).toURL().openConnection();
        connection.setRequestMethod(method);
        if (body != null) {
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", type);
            try (OutputStream out = connection.getOutputStream()) {
                out.write(body.getBytes(StandardCharsets.UTF_8));
            }
        }
        try (InputStream in =
                connection.getResponseCode() < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            in.readAllBytes();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
