package dev.latchkey.security;

import static dev.latchkey.harness.Scenario.when;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.ProblemForm;
import dev.latchkey.harness.RawHttp;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.Sample;
import dev.latchkey.harness.Scenario;
import dev.latchkey.harness.World;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MethodsAndLimitsTest {
    private World world;

    @BeforeAll
    void start() {
        world = World.start();
    }

    @AfterAll
    void stop() {
        world.close();
    }

    private Reply exchange(String... lines) {
        try (RawHttp raw = world.server().raw()) {
            return raw.exchange(lines);
        }
    }

    private Scenario notAllowed(String method, String path, String... allowed) {
        return when(method + " " + path, world.http().call(method, path).as(world.admin()))
                .status(405)
                .and(reply -> assertThat(reply.header("Allow").split(", *")).contains(allowed));
    }

    @TestFactory
    List<DynamicTest> aMethodThatARouteDoesNotKnowIs405WithThoseItKnows() {
        return Scenario.table(
                notAllowed("DELETE", "/api/media", "GET", "POST"),
                notAllowed("PUT", "/api/auth/login", "POST"),
                notAllowed("GET", "/api/auth/login", "POST"),
                notAllowed("POST", "/api/health", "GET"),
                notAllowed("PATCH", "/api/media/1/content", "GET"),
                notAllowed("POST", "/api/media/1", "GET", "PATCH", "DELETE"),
                notAllowed("GET", "/api/media/by-hash/" + "0".repeat(64), "HEAD"),
                notAllowed("BREW", "/api/media", "GET", "POST"));
    }

    @TestFactory
    Stream<DynamicTest> thereIsNoTrace() {
        return Stream.of("TRACE", "TRACK", "CONNECT")
                .map(method -> when(
                                method,
                                () -> exchange(method + " /api/health HTTP/1.1", "Host: localhost", "X-Secret: 7"))
                        .and(reply -> assertThat(reply.status()).isIn(400, 404, 405, 501))
                        .without("X-Secret")
                        .test());
    }

    /** A client that is slower than the refusal would else send its next request into a connection that ends. */
    @TestFactory
    Stream<DynamicTest> anAnswerAheadOfTheBodySaysThatTheConnectionEnds() {
        String admin = "Authorization: Bearer " + world.admin().token();
        return Stream.of(
                        new String[] {"POST /api/auth/logout HTTP/1.1", "Host: localhost"},
                        new String[] {"POST /api/nothing HTTP/1.1", "Host: localhost", admin},
                        new String[] {"GET /api/auth/me HTTP/1.1", "Host: localhost", admin},
                        new String[] {"POST /api/auth/logout HTTP/1.1", "Host: evil.example"})
                .map(lines -> DynamicTest.dynamicTest(lines[0] + " " + lines[1], () -> {
                    try (RawHttp raw = world.server().raw()) {
                        Reply early = raw.write(String.join("\r\n", lines) + "\r\nContent-Length: 2\r\n\r\n")
                                .read();
                        assertThat(early.header("Connection"))
                                .as(early::toString)
                                .isEqualTo("close");
                        assertThat(raw.offer(new byte[] {'{', '}'}).isClosedByServer())
                                .isTrue();
                    }
                }));
    }

    @Test
    void aConnectionIsKeptWhenTheBodyCameInTime() {
        try (RawHttp raw = world.server().raw()) {
            String request = "POST /api/auth/logout HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}";
            for (int i = 0; i < 3; i++) {
                assertThat(raw.write(request).read().expect(401).header("Connection"))
                        .isEmpty();
            }
        }
    }

    @TestFactory
    List<DynamicTest> anUnknownPathIsAProblemToo() {
        return Scenario.table(
                when("with a credential", world.http().get("/api/nothing").as(world.admin()))
                        .status(404),
                when("without one", world.http().get("/api/nothing")).status(401, 404),
                when("below a route", world.http().get("/api/media/1/nothing").as(world.admin()))
                        .status(404),
                when("with a slash behind", world.http().get("/api/media/").as(world.admin()))
                        .status(200, 404));
    }

    @Test
    void everyAnswerCarriesARequestIdOfOurs() {
        Reply first = world.http().get("/api/nothing").as(world.admin()).expect(404);
        Reply second = world.http().get("/api/nothing").as(world.admin()).expect(404);
        assertThat(first.textAt("/request_id")).isNotEqualTo(second.textAt("/request_id"));
        Reply chosen = world.http()
                .get("/api/nothing")
                .as(world.admin())
                .header("X-Request-Id", "evil<script>\"")
                .expect(404);
        assertThat(chosen.textAt("/request_id")).matches("[A-Za-z0-9_-]+");
    }

    @Test
    void aJsonBodyHasALimit() {
        try (RawHttp raw = world.server().raw()) {
            raw.write("POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                            + "Content-Length: 10000000\r\n\r\n")
                    .offer(new byte[10_000_000])
                    .read()
                    .refused(413, "too_large");
        }
    }

    @Test
    void aJsonBodyWithoutALengthHasTheSameLimit() {
        try (RawHttp raw = world.server().raw()) {
            raw.write("POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n");
            String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
            Reply reply = raw.offer(Sample.utf8(chunk.repeat(64) + "0\r\n\r\n")).read();
            reply.refused(413, "too_large");
        }
    }

    @TestFactory
    List<DynamicTest> headersAndRequestLinesHaveLimits() {
        return Scenario.table(
                tooMuch("a path of 100,000 characters", "GET /" + "x".repeat(100_000) + " HTTP/1.1", "Host: localhost"),
                tooMuch(
                        "a query of 100,000",
                        "GET /api/media?q=" + "x".repeat(100_000) + " HTTP/1.1",
                        "Host: localhost"),
                tooMuch(
                        "a header of 100,000",
                        "GET /api/health HTTP/1.1",
                        "Host: localhost",
                        "X: " + "x".repeat(100_000)));
    }

    private Scenario tooMuch(String name, String... lines) {
        return when(name, () -> exchange(lines)).and(reply -> {
            assertThat(reply.status()).isIn(400, 414, 431);
            ProblemForm.checkShowsNoInsides(reply);
        });
    }

    @TestFactory
    Stream<DynamicTest> whatIsNoHttpIsRefusedWithoutAWordAboutUs() {
        return Stream.of(
                        "GARBAGE\r\n\r\n",
                        "GET\r\n\r\n",
                        "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
                        "GET /api/health\r\nHost: localhost\r\n\r\n",
                        "GET / HTTP/1.1\r\nHost: localhost\r\nBad Header: x\r\n\r\n",
                        "GET / HTTP/1.1\r\nHost: localhost\r\nX: a\0b\r\n\r\n",
                        "POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n",
                        "POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
                        "POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                        "POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999999999\r\n\r\n")
                .map(text -> DynamicTest.dynamicTest(text.replaceAll("[\r\n\0]+", " | "), () -> {
                    try (RawHttp raw = world.server().raw()) {
                        Reply reply = raw.write(text).read();
                        assertThat(reply.status()).as(reply::toString).isIn(400, 405, 411, 413, 415, 431, 501, 505);
                        assertThat(reply.header("Server")).isEmpty();
                        ProblemForm.checkShowsNoInsides(reply);
                    }
                }));
    }

    @Test
    void pipelinedRequestsAreAnsweredInTurn() {
        try (RawHttp raw = world.server().raw()) {
            String one = "GET /api/health HTTP/1.1\r\nHost: localhost\r\n\r\n";
            String two = "GET /api/media HTTP/1.1\r\nHost: localhost\r\n\r\n";
            raw.write(one + two + one);
            assertThat(raw.read().status()).isEqualTo(200);
            assertThat(raw.read().status()).isEqualTo(401);
            assertThat(raw.read().status()).isEqualTo(200);
        }
    }

    @Test
    void slowClientsDoNotHoldTheServer() {
        List<RawHttp> slow =
                Stream.generate(() -> world.server().raw()).limit(300).toList();
        try {
            for (int i = 0; i < slow.size(); i++) {
                slow.get(i).write("POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\n");
                if (i % 2 == 0) {
                    slow.get(i).write("Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{");
                }
            }
            world.http().get("/api/media").as(world.member()).expect(200);
            // Had that waited until they were given up, nobody would answer them now.
            slow.get(slow.size() - 1).write("\r\n").read().refused(400, "malformed");
        } finally {
            slow.forEach(RawHttp::close);
        }
    }

    @Test
    void aHeaderIsNotSplitByWhatPeopleType() {
        String name = "a\r\nX-Evil: 1\r\n\r\n<script>.txt";
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8);
        long id = world.http()
                .put("/api/media/raw?filename=" + encoded)
                .as(world.member())
                .body(Sample.uniqueText())
                .expect(201)
                .longAt("/media/id");
        Reply reply = world.http()
                .get("/api/media/" + id + "/content?download=1")
                .as(world.guest())
                .expect(200);
        assertThat(reply.headers()).doesNotContainKey("X-Evil");
        assertThat(reply.header("Content-Disposition")).doesNotContain("\r", "\n");
    }
}
