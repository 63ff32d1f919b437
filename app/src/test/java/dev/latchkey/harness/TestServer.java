package dev.latchkey.harness;

import dev.latchkey.api.RunningJar;
import dev.latchkey.config.Config;
import dev.latchkey.config.Config.PasswordRules;
import dev.latchkey.config.ConfigLoader;
import dev.latchkey.crypto.KeyFile;
import dev.latchkey.crypto.PrivateFiles;
import dev.latchkey.server.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The real server on a free port of 127.0.0.1, with a data folder of its own and a clock that tests set. */
public final class TestServer implements AutoCloseable {
    /** The lowest cost that bcrypt knows; configurations start at 10, and a suite hashes thousands of times. */
    private static final int FAST_BCRYPT = 4;

    private final Path dataDir;
    private final Map<String, String> settings;
    private final RunningJar jar;
    private final TestClock clock = new TestClock();
    private Server server;

    private TestServer(Path dataDir, Map<String, String> settings, RunningJar jar) {
        this.dataDir = dataDir;
        this.settings = settings;
        this.jar = jar;
        this.server = Server.start(config(), clock, jar);
    }

    /** A server with nothing in its library, without throttles and disk reserve. */
    public static TestServer start() {
        return start(Map.of());
    }

    /** As {@link #start()}, with these keys of DESIGN.md set. */
    public static TestServer start(Map<String, String> options) {
        return start(options, RunningJar.here());
    }

    /** As {@link #start(Map)}, of a server that runs from this jar, so to say. */
    public static TestServer start(Map<String, String> options, RunningJar jar) {
        try {
            Path dataDir = Files.createTempDirectory("latchkey-test").resolve("data");
            PrivateFiles.folder(dataDir);
            EmptyDatabase.at(dataDir.resolve("latchkey.db"));
            KeyFile.open(dataDir.resolve("keys.properties"), true);
            Map<String, String> settings = new HashMap<>(Map.of(
                    "listen", "127.0.0.1:0",
                    "data_dir", dataDir.toString(),
                    "throttle.factor", "0",
                    "storage.reserve_bytes", "0"));
            settings.putAll(options);
            return new TestServer(dataDir, settings, jar);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Config config() {
        Config c = ConfigLoader.fromMap(settings);
        PasswordRules rules = c.passwords();
        return new Config(
                c.listen(),
                c.dataDir(),
                c.instanceName(),
                c.network(),
                c.openToLan(),
                c.registration(),
                c.sessions(),
                c.inviteTtl(),
                c.joinCodeTtl(),
                new PasswordRules(rules.minLength(), FAST_BCRYPT, rules.hibp(), rules.hibpUrl()),
                c.throttleFactor(),
                c.storage(),
                c.emailVerification(),
                c.smtp(),
                c.firstAdmin(),
                c.oidc(),
                c.auditRetainDays(),
                c.logFormat());
    }

    /** Stops and starts again on the same data folder; the port changes, clients of {@link #http()} follow. */
    public void restart() {
        restart(Map.of());
    }

    /** As {@link #restart()}, with these keys changed. */
    public void restart(Map<String, String> options) {
        server.close();
        settings.putAll(options);
        server = Server.start(config(), clock, jar);
    }

    /** Changes the database behind the server's back, between a stop and a start. */
    public void tamper(String sql) {
        server.close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + dataDir.resolve("latchkey.db"));
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
        server = Server.start(config(), clock, jar);
    }

    /** Stops the server and leaves the data folder, for a look at what lies there. */
    public void stop() {
        server.close();
    }

    /** A client for what a well-behaved client sends. */
    public Http http() {
        return new Http(() -> URI.create("http://127.0.0.1:" + port()));
    }

    /** A bare connection for everything else. */
    public RawHttp raw() {
        return new RawHttp(port());
    }

    /** Every route of the table as method and path. */
    public List<String> routes() {
        return server.routes().all().stream()
                .map(route -> route.method() + " " + route.path())
                .toList();
    }

    public int port() {
        return server.port();
    }

    public TestClock clock() {
        return clock;
    }

    public Path dataDir() {
        return dataDir;
    }

    @Override
    public void close() {
        server.close();
        try (Stream<Path> files = Files.walk(dataDir.getParent())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
