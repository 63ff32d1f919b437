package dev.latchkey.security;

import static dev.latchkey.harness.Scenario.when;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.RawHttp;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.Scenario;
import dev.latchkey.harness.TestServer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** What stops a web page from reaching a private server by a name that it made point there (CVE-2024-28224). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostTest {
    private TestServer server;

    @BeforeAll
    void start() {
        server = TestServer.start(Map.of(
                "allowed_hosts", "library.example.org, attic.lan",
                "public_url", "https://photos.example.net"));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private Reply exchange(String... lines) {
        try (RawHttp raw = server.raw()) {
            return raw.exchange(lines);
        }
    }

    private Reply health(String host) {
        return exchange("GET /api/health HTTP/1.1", "Host: " + host);
    }

    private Scenario answered(String host) {
        return when(host, () -> health(host)).status(200);
    }

    private Scenario unknown(String host) {
        return when(host, () -> health(host)).status(421);
    }

    @TestFactory
    List<DynamicTest> ourNamesAreAnswered() throws UnknownHostException {
        String name = InetAddress.getLocalHost().getHostName();
        return Scenario.table(
                answered("localhost"),
                answered("LocalHost"),
                answered("localhost."),
                answered("localhost:1"),
                answered("localhost:" + server.port()),
                answered("127.0.0.1"),
                answered("127.0.0.1:65535"),
                answered("127.0.0.1."),
                answered("192.168.1.5:5397"),
                answered("203.0.113.9"),
                answered("[::1]"),
                answered("[::1]:" + server.port()),
                answered("[fe80::1]"),
                answered("library.example.org"),
                answered("LIBRARY.example.ORG.:443"),
                answered("attic.lan"),
                answered("photos.example.net"),
                answered(name),
                answered(name + ".local"));
    }

    @TestFactory
    List<DynamicTest> otherNamesAreMisdirected() {
        return Scenario.table(
                unknown("evil.com"),
                unknown("localhost.evil.com"),
                unknown("127.0.0.1.evil.com"),
                unknown("evil.com:" + server.port()),
                unknown("xlibrary.example.org"),
                unknown("sub.library.example.org"),
                unknown("example.org"),
                unknown("localhos"),
                unknown("localhost.."),
                unknown("2130706433"),
                unknown("0x7f.0.0.1"),
                unknown("127.1"),
                unknown("1.2.3.4.5"),
                unknown("999.1.1.1"));
    }

    @TestFactory
    Stream<DynamicTest> anUnknownHostIsRefusedOnEveryKindOfRoute() {
        return Stream.of(
                        "GET /api/health",
                        "GET /api/health/ready",
                        "GET /api/instance",
                        "GET /api/media",
                        "GET /api/nothing-here",
                        "GET /nothing-here",
                        "GET /",
                        "GET /login",
                        "GET /setup",
                        "GET /assets/app.css",
                        "GET /assets/none.css",
                        "GET /api/openapi.yaml",
                        "GET /api/docs",
                        "HEAD /api/health",
                        "OPTIONS /api/media",
                        "DELETE /api/media/1",
                        "TRACE /")
                .map(request -> when(request, () -> exchange(request + " HTTP/1.1", "Host: evil.com"))
                        .and(reply ->
                                assertThat(reply.status()).as(reply::toString).isEqualTo(421))
                        .without("localhost", "library.example.org")
                        .test());
    }

    @TestFactory
    List<DynamicTest> exactlyOneHostIsNeeded() {
        return Scenario.table(
                when("none", () -> exchange("GET /api/health HTTP/1.1", "Accept: */*"))
                        .and(HostTest::isBadRequest),
                when("none in HTTP/1.0", () -> exchange("GET /api/health HTTP/1.0", "Accept: */*"))
                        .and(HostTest::isBadRequest),
                when("empty", () -> exchange("GET /api/health HTTP/1.1", "Host:"))
                        .and(HostTest::isBadRequest),
                when("twice the same", () -> exchange("GET /api/health HTTP/1.1", "Host: localhost", "Host: localhost"))
                        .and(HostTest::isBadRequest),
                when(
                                "one good, one bad",
                                () -> exchange("GET /api/health HTTP/1.1", "Host: localhost", "Host: evil.com"))
                        .and(HostTest::isBadRequest),
                when("two in one", () -> exchange("GET /api/health HTTP/1.1", "Host: localhost, evil.com"))
                        .and(HostTest::isRefused),
                when("with a user", () -> exchange("GET /api/health HTTP/1.1", "Host: evil.com@localhost"))
                        .and(HostTest::isRefused),
                when("with a path", () -> exchange("GET /api/health HTTP/1.1", "Host: localhost/evil.com"))
                        .and(HostTest::isRefused),
                when("with a bad port", () -> exchange("GET /api/health HTTP/1.1", "Host: localhost:evil"))
                        .and(HostTest::isRefused));
    }

    private static void isBadRequest(Reply reply) {
        assertThat(reply.status()).as(reply::toString).isEqualTo(400);
    }

    private static void isRefused(Reply reply) {
        assertThat(reply.status()).as(reply::toString).isIn(400, 421);
    }

    @TestFactory
    List<DynamicTest> aRequestLineWithAHostDoesNotHelp() {
        return Scenario.table(
                when(
                                "foreign line, our header",
                                () -> exchange("GET http://evil.com/api/health HTTP/1.1", "Host: localhost"))
                        .and(HostTest::isRefused),
                when(
                                "our line, foreign header",
                                () -> exchange("GET http://localhost/api/health HTTP/1.1", "Host: evil.com"))
                        .and(HostTest::isRefused),
                when(
                                "foreign line and header",
                                () -> exchange("GET http://evil.com/api/health HTTP/1.1", "Host: evil.com"))
                        .and(HostTest::isRefused));
    }

    @Test
    void theSecondRequestOfAConnectionIsCheckedToo() {
        try (RawHttp raw = server.raw()) {
            raw.exchange("GET /api/health HTTP/1.1", "Host: localhost").expect(200);
            assertThat(raw.exchange("GET /api/media HTTP/1.1", "Host: evil.com").status())
                    .isEqualTo(421);
        }
    }

    @Test
    void aNameThatIsNotTheLoopbackIsNotTheLocalOwner() {
        exchange("GET /api/media HTTP/1.1", "Host: 192.168.1.5").refused(403, "setup_required");
        exchange("GET /api/media HTTP/1.1", "Host: library.example.org").refused(403, "setup_required");
        exchange("GET /api/media HTTP/1.1", "Host: 127.0.0.53").expect(200);
        exchange("GET /api/media HTTP/1.1", "Host: [::1]:80").expect(200);
        exchange("GET /api/media HTTP/1.1", "Host: localhost.").expect(200);
    }
}
