package dev.latchkey.crash;

import dev.latchkey.harness.Jvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Latchkey in a process of its own, so that it can be killed, starved and watched like a real one. */
final class ServerProcess implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("listening on (http://\\S+)");
    private static final Duration START = Duration.ofSeconds(120);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(60)).build();
    private final Process process;
    private final Path log;
    private String base;

    private ServerProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts one without waiting for it; {@code prefix} is put before the java command, such as {@code bash -c …}. */
    static ServerProcess launch(Path data, String... prefix) {
        try {
            Path log = Files.createTempFile("latchkey-process", ".log");
            List<String> command = new ArrayList<>(List.of(prefix));
            command.addAll(Jvm.command("dev.latchkey.cli.Main", "-Xmx128m"));
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment()
                    .putAll(Map.of(
                            "LATCHKEY_LISTEN", "127.0.0.1:0",
                            "LATCHKEY_DATA_DIR", data.toString(),
                            "LATCHKEY_THROTTLE_FACTOR", "0",
                            "LATCHKEY_STORAGE_RESERVE_BYTES", "0"));
            builder.redirectErrorStream(true).redirectOutput(log.toFile());
            return new ServerProcess(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ServerProcess start(Path data, String... prefix) {
        return launch(data, prefix).awaitReady();
    }

    ServerProcess awaitReady() {
        long deadline = System.nanoTime() + START.toNanos();
        while (System.nanoTime() < deadline && process.isAlive()) {
            Matcher line = LISTENING.matcher(log());
            if (line.find()) {
                base = line.group(1);
                return this;
            }
            pause(20);
        }
        throw new AssertionError("The server did not start:\n" + log());
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    String log() {
        StringBuilder text = new StringBuilder();
        try (BufferedReader reader = Files.newBufferedReader(log)) {
            reader.lines().forEach(line -> text.append(line).append('\n'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    long pid() {
        return process.pid();
    }

    /** SIGKILL, and waits until the process is gone. */
    void kill() {
        process.destroyForcibly();
        await();
    }

    private void await() {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new AssertionError("The server did not stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Sends a request; {@code token} and {@code body} may be null. @throws IOException when the server goes away */
    HttpResponse<byte[]> send(String method, String path, String token, byte[] body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(60))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (body != null) {
            request.header(
                    "Content-Type", path.startsWith("/api/auth") ? "application/json" : "application/octet-stream");
        }
        try {
            return http.send(request.build(), BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    HttpResponse<byte[]> json(String path, String token, String body) throws IOException {
        return send("POST", path, token, body.getBytes(StandardCharsets.UTF_8));
    }

    /** The first text or number called {@code name} in a JSON answer. */
    static String field(HttpResponse<byte[]> response, String name) {
        String text = new String(response.body(), StandardCharsets.UTF_8);
        Matcher field = Pattern.compile("\"" + name + "\":\"?([^\",}\\]]*)").matcher(text);
        if (!field.find()) {
            throw new AssertionError("No " + name + " in " + text);
        }
        return field.group(1);
    }

    /** SIGTERM, as a service manager would. */
    @Override
    public void close() {
        process.destroy();
        await();
    }
}
