package dev.latchkey.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.config.Config;
import dev.latchkey.config.ConfigLoader;
import dev.latchkey.http.Json;
import dev.latchkey.server.Server;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Writer;
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
    private static final List<List<String>> COMMANDS =
            List.of(List.of("--help"), List.of("whoami"), List.of("ls"), List.of("search", "hello"));

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
            JsonNode login = Json.MAPPER.readTree(send("POST", base + "/api/auth/login", "application/json", account));
            Map<String, String> shell = Map.of(
                    "LATCHKEY_SERVER",
                    base,
                    "LATCHKEY_TOKEN",
                    login.path("token").asText());
            COMMANDS.forEach(command -> run(shell, command.toArray(String[]::new)));
        }
    }

    private static void run(Map<String, String> shell, String... arguments) {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        Main.commandLine(shell, arguments).setOut(nowhere).setErr(nowhere).execute(arguments);
    }

    private static byte[] send(String method, String url, String type, String body) throws IOException {
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
            return in.readAllBytes();
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
