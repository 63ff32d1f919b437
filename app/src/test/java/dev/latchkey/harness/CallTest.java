package dev.latchkey.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The harness has to notice when a server does not keep to the contract; here is one that we tell what to answer. */
class CallTest {
    private HttpServer server;

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private Http answering(String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return new Http(
                () -> URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    @Test
    void anAnswerThatKeepsToTheContractComesBack() throws IOException {
        Reply reply = answering("{\"status\":\"ok\"}").get("/api/health").send();
        assertThat(reply.textAt("/status")).isEqualTo("ok");
    }

    @Test
    void anAnswerThatBreaksTheContractFailsWhateverTheTestIsAbout() throws IOException {
        Call call = answering("{\"status\":\"ok\",\"path\":\"/srv/latchkey\"}").get("/api/health");
        assertThatThrownBy(call::send)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("GET /api/health")
                .hasMessageContaining("path");
    }
}
