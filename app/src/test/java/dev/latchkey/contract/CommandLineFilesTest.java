package dev.latchkey.contract;

import static dev.latchkey.harness.Scenario.when;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.api.RunningJar;
import dev.latchkey.harness.Call;
import dev.latchkey.harness.RawHttp;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.Sample;
import dev.latchkey.harness.Scenario;
import dev.latchkey.harness.StubJar;
import dev.latchkey.harness.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The jar, its digest and the script that installs them, as a server without accounts hands them out. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommandLineFilesTest {
    private Path folder;
    private TestServer server;
    private byte[] bytes;
    private String tag;

    @BeforeAll
    void start(@TempDir Path temporary) throws IOException {
        folder = temporary;
        server = TestServer.start(Map.of(), StubJar.in(folder));
        bytes = Files.readAllBytes(folder.resolve("latchkey.jar"));
        tag = '"' + Sample.sha256(bytes) + '"';
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private Call jar() {
        return server.http().get("/cli/download");
    }

    @TestFactory
    List<DynamicTest> theJarComesWholeOrInPart() {
        String size = String.valueOf(bytes.length);
        return Scenario.table(
                when("whole", jar())
                        .status(200)
                        .header("Content-Type", "application/java-archive")
                        .header("Content-Disposition", "attachment; filename=\"latchkey.jar\"")
                        .header("Content-Length", size)
                        .header("Accept-Ranges", "bytes")
                        .header("ETag", tag)
                        .header("Cache-Control", "no-store")
                        .header("X-Content-Type-Options", "nosniff")
                        .and(reply -> assertThat(reply.body()).isEqualTo(bytes)),
                when("HEAD", server.http().head("/cli/download"))
                        .status(200)
                        .header("Content-Length", size)
                        .header("ETag", tag)
                        .and(reply -> assertThat(reply.body()).isEmpty()),
                when("the first bytes", jar().header("Range", "bytes=0-3"))
                        .status(206)
                        .header("Content-Range", "bytes 0-3/" + size)
                        .and(reply -> assertThat(reply.body()).isEqualTo(Arrays.copyOf(bytes, 4))),
                when(
                                "the rest of the same file",
                                jar().header("Range", "bytes=4-").header("If-Range", tag))
                        .status(206)
                        .and(reply -> assertThat(reply.body()).isEqualTo(Arrays.copyOfRange(bytes, 4, bytes.length))),
                when(
                                "the rest of another file",
                                jar().header("Range", "bytes=4-").header("If-Range", "\"x\""))
                        .status(200)
                        .and(reply -> assertThat(reply.body()).isEqualTo(bytes)),
                when("behind the end", jar().header("Range", "bytes=" + size + "-"))
                        .problem(416, "range_not_satisfiable")
                        .header("Content-Range", "bytes */" + size),
                when("known already", jar().header("If-None-Match", tag)).status(304),
                when("by another method", server.http().post("/cli/download"))
                        .status(405)
                        .header("Allow", "GET, HEAD"));
    }

    @TestFactory
    List<DynamicTest> theDigestIsALineForSha256sum() {
        return Scenario.table(
                when("GET", server.http().get("/cli/latchkey.jar.sha256"))
                        .status(200)
                        .header("Cache-Control", "no-store")
                        .header("X-Content-Type-Options", "nosniff")
                        .and(reply -> assertThat(reply.header("Content-Type")).startsWith("text/plain"))
                        .and(reply -> assertThat(reply.text()).isEqualTo(Sample.sha256(bytes) + "  latchkey.jar\n")),
                when("HEAD", server.http().head("/cli/latchkey.jar.sha256"))
                        .status(200)
                        .and(reply -> assertThat(reply.body()).isEmpty()));
    }

    @Test
    void anotherJarInItsPlaceIsNoticed() {
        Path file = StubJar.write(folder.resolve("swapped.jar"), "");
        try (TestServer swapped = TestServer.start(Map.of(), new RunningJar(Optional.of(file)))) {
            String before = swapped.http().get("/cli/download").expect(200).header("ETag");
            StubJar.write(file, "a comment makes it another one");
            Reply after = swapped.http().get("/cli/download").expect(200);
            assertThat(after.header("ETag")).isNotEqualTo(before).isEqualTo('"' + Sample.sha256(after.body()) + '"');
            assertThat(swapped.http()
                            .get("/cli/latchkey.jar.sha256")
                            .expect(200)
                            .text())
                    .startsWith(Sample.sha256(after.body()));
        }
    }

    @TestFactory
    Stream<DynamicTest> aServerThatRunsFromClassesSaysThatItHasNoJar() {
        Path gone = folder.resolve("gone.jar");
        return Stream.of(RunningJar.here(), new RunningJar(Optional.of(gone)))
                .flatMap(none -> Stream.of("/cli/download", "/cli/latchkey.jar.sha256")
                        .map(path -> DynamicTest.dynamicTest(path, () -> {
                            try (TestServer other = TestServer.start(Map.of(), none)) {
                                other.http().get(path).refused(404, "no_jar");
                            }
                        })));
    }

    @TestFactory
    List<DynamicTest> theScriptIsTextWithTheAddressThatWasAsked() {
        return Scenario.table(
                when("GET", server.http().get("/cli/install.sh"))
                        .status(200)
                        .header("Content-Type", "text/plain;charset=utf-8")
                        .header("Cache-Control", "no-store")
                        .header("X-Content-Type-Options", "nosniff")
                        .without("@SERVER@")
                        .and(reply -> assertThat(server(reply)).isEqualTo("'http://127.0.0.1:" + server.port() + "'")),
                when("HEAD", server.http().head("/cli/install.sh"))
                        .status(200)
                        .and(reply -> assertThat(reply.body()).isEmpty()));
    }

    /** What the script takes for the server's address. */
    private static String server(Reply reply) {
        return reply.text()
                .lines()
                .filter(line -> line.startsWith("server="))
                .findFirst()
                .orElseThrow()
                .substring("server=".length());
    }

    @Test
    void thePublicAddressWinsOverTheHost() {
        try (TestServer known = TestServer.start(Map.of("public_url", "https://library.example.org"))) {
            assertThat(server(known.http().get("/cli/install.sh").expect(200)))
                    .isEqualTo("'https://library.example.org'");
        }
    }

    @TestFactory
    Stream<DynamicTest> aForwardedAddressOfAnUntrustedPeerIsNotBelieved() {
        return Stream.of(
                        Map.of("X-Forwarded-Host", "evil.example"),
                        Map.of("X-Forwarded-Host", "evil.example", "X-Forwarded-Proto", "https"),
                        Map.of("Forwarded", "host=evil.example;proto=https"),
                        Map.of("X-Original-Host", "evil.example"))
                .map(headers -> DynamicTest.dynamicTest(headers.toString(), () -> {
                    Call call = server.http().get("/cli/install.sh");
                    headers.forEach(call::header);
                    Reply reply = call.send();
                    assertThat(reply.text()).doesNotContain("evil.example");
                    assertThat(server(reply.expect(200))).isEqualTo("'http://127.0.0.1:" + server.port() + "'");
                }));
    }

    @TestFactory
    Stream<DynamicTest> aHostThatIsNotOursGetsNoScript() {
        return Stream.of(
                        "evil.example",
                        "127.0.0.1';touch${IFS}x;'",
                        "$(id)",
                        "localhost$(id)",
                        "[::1%';id;']",
                        "localhost:80;id",
                        "localhost:'id'")
                .map(host -> DynamicTest.dynamicTest(host, () -> {
                    try (RawHttp raw = server.raw()) {
                        Reply reply = raw.exchange("GET /cli/install.sh HTTP/1.1", "Host: " + host);
                        assertThat(reply.status()).as(reply::toString).isIn(400, 421);
                        assertThat(reply.text()).doesNotContain("#!/bin/sh");
                    }
                }));
    }
}
