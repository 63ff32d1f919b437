package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.latchkey.error.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client's side of RFC 8628, against answers as the RFC writes them. */
class DeviceGrantTest {
    private static final String CODES = """
            {"device_code":"d","user_code":"BCDF-GHJK","verification_uri":"https://library.example.org/device",
             "verification_uri_complete":"https://library.example.org/device?code=BCDF-GHJK","expires_in":600,"interval":5}""";

    private final Deque<String> answers = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final List<Long> pauses = new ArrayList<>();
    private HttpServer server;

    @TempDir
    private Path home;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/auth/device", exchange -> answer(exchange, 200, CODES));
        server.createContext("/api/auth/token", exchange -> {
            asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            String answer = answers.remove();
            boolean tokens = answer.startsWith("{");
            answer(exchange, tokens ? 200 : 400, tokens ? answer : "{\"error\":\"" + answer + "\"}");
        });
        server.start();
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private Optional<String> run(String... tokenAnswers) {
        answers.addAll(List.of(tokenAnswers));
        String url = "http://localhost:" + server.getAddress().getPort();
        Connection connection = Connection.open(Optional.of(url), Map.of("HOME", home.toString()), Clock.systemUTC());
        return new DeviceGrant(connection, told::add, pauses::add)
                .run("test")
                .map(tokens -> tokens.path("access_token").asText());
    }

    @Test
    void polls_until_somebody_approves_and_slows_down_when_told() {
        String tokens = "{\"access_token\":\"a\",\"refresh_token\":\"r\",\"expires_in\":900}";
        assertThat(run("authorization_pending", "slow_down", "authorization_pending", tokens))
                .contains("a");
        assertThat(pauses).containsExactly(5L, 5L, 10L, 10L);
        assertThat(told)
                .containsExactly(
                        "Open https://library.example.org/device and enter this code: BCDF-GHJK",
                        "Or open https://library.example.org/device?code=BCDF-GHJK");
        assertThat(asked.get(0)).contains("urn:ietf:params:oauth:grant-type:device_code", "\"device_code\":\"d\"");
    }

    @Test
    void says_when_nobody_approved() {
        assertThatThrownBy(() -> run("authorization_pending", "access_denied"))
                .isInstanceOf(Problem.class)
                .hasMessage("The sign-in was turned down.");
        assertThatThrownBy(() -> run("expired_token"))
                .isInstanceOf(Problem.class)
                .hasMessage("Nobody approved the code in time. Try again.");
        assertThatThrownBy(() -> run("invalid_grant")).isInstanceOf(Problem.class);
    }

    @Test
    void leaves_the_sign_in_to_passwords_where_the_server_knows_no_codes() {
        server.removeContext("/api/auth/device");
        assertThat(run()).isEmpty();
        assertThat(told).isEmpty();
    }
}
