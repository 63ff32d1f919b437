package dev.latchkey.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged server as a user starts it, by {@code ./run.sh}, on a free port of the loopback. */
final class Server implements AutoCloseable {
    static final String PASSWORD = "correct horse bench staple";
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    private final Process process;
    private final Path log;
    private final int port;
    private final double readySeconds;
    private String token;

    private Server(Process process, Path log, int port, long startedAt) throws IOException, InterruptedException {
        this.process = process;
        this.log = log;
        this.port = port;
        awaitReady(startedAt);
        this.readySeconds = (System.nanoTime() - startedAt) / 1e9;
    }

    /** Starts on that data folder and returns when the server says that it is ready. */
    static Server start(Lab lab, Path data, Map<String, String> settings) throws IOException, InterruptedException {
        int port = Lab.freePort();
        Path log = Files.createTempFile(lab.folder(), "server", ".log");
        var builder = new ProcessBuilder("./run.sh", "serve")
                .directory(lab.home().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        var environment = new HashMap<>(Map.of(
                "LATCHKEY_LISTEN",
                "127.0.0.1:" + port,
                "LATCHKEY_DATA_DIR",
                data.toString(),
                "LATCHKEY_THROTTLE_FACTOR",
                "100000"));
        environment.putAll(settings);
        builder.environment().putAll(environment);
        long startedAt = System.nanoTime();
        return new Server(Processes.start(builder), log, port, startedAt);
    }

    /** A server on a fresh folder with an admin, whose token {@link #token} gives. */
    static Server startShared(Lab lab, String name, Map<String, String> settings) throws Exception {
        Server server = start(lab, lab.fresh(name), settings);
        server.setUp();
        return server;
    }

    /** Makes the first admin. */
    void setUp() throws IOException {
        try (Wire wire = wire()) {
            String json = "{\"username\":\"admin\",\"password\":\"" + PASSWORD + "\"}";
            Reply reply = wire.json("POST", "/api/auth/setup", null, json).expect(200);
            token = Objects.requireNonNull(reply.field("token"), "setup gave no token");
        }
    }

    void useToken(String other) {
        token = other;
    }

    String token() {
        return token;
    }

    int port() {
        return port;
    }

    Wire wire() {
        return new Wire(port);
    }

    /** Seconds from the start of the command to the first 200 of the readiness route. */
    double readySeconds() {
        return readySeconds;
    }

    /** A memory figure of the kernel ({@code VmRSS}, {@code VmHWM}) in megabytes, of the Java process itself. */
    double memory(String key) throws IOException {
        long pid = process.descendants().findFirst().orElse(process.toHandle()).pid();
        Matcher found =
                Pattern.compile(key + ":\\s+(\\d+) kB").matcher(Files.readString(Path.of("/proc/" + pid + "/status")));
        if (!found.find()) {
            throw new IOException("the kernel does not tell " + key);
        }
        return Long.parseLong(found.group(1)) * 1024 / 1e6;
    }

    @Override
    public void close() {
        Processes.end(process);
    }

    private void awaitReady(long startedAt) throws IOException, InterruptedException {
        while (!ready()) {
            if (!process.isAlive() || System.nanoTime() - startedAt > PATIENCE_NANOS) {
                close();
                throw new IOException("the server did not get ready:\n" + String.join("\n", lastLines()));
            }
            Thread.sleep(5);
        }
    }

    private boolean ready() throws IOException {
        try (Wire wire = wire()) {
            return wire.send(wire.get("/api/health/ready", null)).status() == 200;
        } catch (java.net.ConnectException notListeningYet) {
            return false;
        }
    }

    private List<String> lastLines() throws IOException {
        List<String> lines = Files.readAllLines(log);
        return lines.subList(Math.max(0, lines.size() - 20), lines.size());
    }
}
