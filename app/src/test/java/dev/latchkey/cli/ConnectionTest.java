package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.latchkey.cli.Shell.Result;
import dev.latchkey.error.Problem;
import dev.latchkey.harness.Race;
import dev.latchkey.harness.World;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Credentials that end while they are used, and servers that are none. */
class ConnectionTest {
    private static World world;

    @TempDir
    private Path home;

    @BeforeAll
    static void start() {
        world = World.start();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private Connection open(Clock clock) {
        String url = "http://127.0.0.1:" + world.server().port();
        return Connection.open(Optional.of(url), Map.of("HOME", home.toString()), clock);
    }

    private Connection signIn() {
        Connection connection = open(Clock.systemUTC());
        Map<String, String> grant = Map.of("grant_type", "password", "username", "mel", "password", World.PASSWORD);
        connection.signIn(connection.anonymous("POST", "/api/auth/token", grant).orRefusal());
        return connection;
    }

    @Test
    void threads_that_find_the_token_run_out_renew_it_once() {
        String refreshToken = signIn().refreshToken().orElseThrow();
        Connection later = open(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(20)));
        List<String> names =
                Race.run(8, i -> later.get("/api/auth/me").at("/user/username").asText());
        assertThat(names).hasSize(8).containsOnly("mel");
        assertThat(later.refreshToken()).isNotEmpty().get().isNotEqualTo(refreshToken);
    }

    @Test
    void a_token_that_is_refused_although_it_looks_fresh_is_renewed_once() throws IOException {
        Connection connection = signIn();
        changeRole("guest");
        changeRole("member");
        assertThat(connection.get("/api/auth/me").at("/user/role").asText()).isEqualTo("member");

        changeRole("guest");
        changeRole("member");
        Path file = Files.writeString(home.resolve("renewed.txt"), "sent with the second token");
        Result upload = Shell.at(home, world.server()).here("upload", file.toString());
        assertThat(upload).isEqualTo(new Result(0, "1 stored, 0 failed\n", ""));
    }

    private static void changeRole(String role) {
        world.http()
                .patch("/api/users/" + world.member().id())
                .as(world.admin())
                .json("role", role)
                .expect(200);
    }

    @Test
    void a_sign_in_that_was_ended_says_what_to_do() {
        Connection connection = signIn();
        world.http()
                .post("/api/auth/revoke")
                .json("token", connection.refreshToken().orElseThrow())
                .expect(200);
        assertThatThrownBy(() -> connection.get("/api/media"))
                .isInstanceOf(Problem.class)
                .hasMessageMatching("You are not signed in at (http\\S+)\\. Run: latchkey login \\1");
    }

    @Test
    void what_is_no_latchkey_is_told() throws IOException {
        assertAnswer(
                200,
                "<html>a router</html>",
                "What answers at http://localhost:%d is no Latchkey. Is the address right?");
        assertAnswer(301, "", "http://localhost:%d is not the library, but leads to https://elsewhere.example/");
        assertAnswer(502, "<html>a proxy</html>", "The server answered with status 502.");
    }

    private void assertAnswer(int status, String body, String message) throws IOException {
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("Location", "https://elsewhere.example/");
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        other.start();
        try {
            int port = other.getAddress().getPort();
            Result result = Shell.at(home, world.server()).here("ls", "--server", "http://localhost:" + port);
            assertThat(result).isEqualTo(new Result(1, "", "latchkey: " + message.formatted(port) + "\n"));
        } finally {
            other.stop(0);
        }
    }
}
