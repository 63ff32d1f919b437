package dev.latchkey.contract;

import static dev.latchkey.harness.Scenario.when;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Call;
import dev.latchkey.harness.Http;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.Scenario;
import dev.latchkey.harness.TestServer;
import dev.latchkey.harness.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SetupTest {
    private TestServer server;

    @BeforeAll
    void start() {
        server = TestServer.start(Map.of("instance_name", "Willowbrook"));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private Call setup(Object... namesAndValues) {
        return server.http().post("/api/auth/setup").json(namesAndValues);
    }

    private static Scenario refusedPassword(String name, Call call) {
        return when(name, call)
                .problem(422, "password_refused")
                .and(reply -> assertThat(reply.at("/reasons")).isNotEmpty());
    }

    @Test
    void setupMakesTheFirstAdminAndSignsIn() {
        try (TestServer fresh = TestServer.start()) {
            Reply reply = fresh.http()
                    .post("/api/auth/setup")
                    .json("username", "Ada.L", "password", World.PASSWORD, "email", "Ada@Example.org")
                    .expect(200);

            assertThat(reply.textAt("/user/username")).isEqualTo("ada.l");
            assertThat(reply.textAt("/user/role")).isEqualTo("admin");
            assertThat(reply.textAt("/user/email")).isEqualTo("Ada@Example.org");
            assertThat(reply.at("/user/active").asBoolean()).isTrue();
            assertThat(reply.textAt("/token")).startsWith("lks_");
            assertThat(Instant.parse(reply.textAt("/expires_at")))
                    .isAfter(fresh.clock().instant());
            assertThat(reply.text()).doesNotContain(World.PASSWORD);
            fresh.http().get("/api/auth/me").bearer(reply.textAt("/token")).expect(200);
        }
    }

    @Test
    void thereIsOnlyOneSetup() {
        try (TestServer fresh = TestServer.start()) {
            World.setUp(fresh);
            Call again = fresh.http().post("/api/auth/setup");
            again.json("username", "eve", "password", World.PASSWORD).refused(409, "already_set_up");
            fresh.restart();
            fresh.http()
                    .post("/api/auth/setup")
                    .json("username", "eve", "password", World.PASSWORD)
                    .refused(409, "already_set_up");
        }
    }

    @TestFactory
    List<DynamicTest> fieldsThatAreNotAcceptableAreNamed() {
        String fine = World.PASSWORD;
        return Scenario.table(
                when("nothing at all", setup()).invalid("username"),
                when("no password", setup("username", "ada")).invalid("password"),
                when("no username", setup("password", fine)).invalid("username"),
                when("null username", setup("username", null, "password", fine)).invalid("username"),
                when("empty username", setup("username", "", "password", fine)).invalid("username"),
                when("blank in a username", setup("username", "ada l", "password", fine))
                        .invalid("username"),
                when("username like an e-mail address", setup("username", "ada@example.org", "password", fine))
                        .invalid("username"),
                when("username beyond ASCII", setup("username", "ädä", "password", fine))
                        .invalid("username"),
                when("username of 65 letters", setup("username", "a".repeat(65), "password", fine))
                        .invalid("username"),
                when("no e-mail address", setup("username", "ada", "password", fine, "email", "nobody"))
                        .invalid("email"),
                when("line break in a name", setup("username", "ada", "password", fine, "display_name", "A\r\nB"))
                        .invalid("display_name"));
    }

    @TestFactory
    List<DynamicTest> passwordsAreRefusedWithTheReasons() {
        return Scenario.table(
                refusedPassword("too short", setup("username", "ada", "password", "a7 Zq!x")),
                refusedPassword("seven code points of two chars", setup("username", "ada", "password", "🦊".repeat(7))),
                refusedPassword("longer than 128", setup("username", "ada", "password", "xk7 ".repeat(33))),
                refusedPassword("common", setup("username", "ada", "password", "password123")),
                refusedPassword("common in capitals", setup("username", "ada", "password", "PASSWORD123")),
                refusedPassword("the username", setup("username", "rosalind9", "password", "rosalind9")),
                refusedPassword("with the username in it", setup("username", "rosalind", "password", "xxROSALINDxx")),
                refusedPassword(
                        "with the e-mail name in it",
                        setup("username", "ada", "email", "lovelace@example.org", "password", "my-lovelace-7")),
                refusedPassword("with the instance name in it", setup("username", "ada", "password", "willowbrook 4")));
    }

    @TestFactory
    List<DynamicTest> whatIsNotAJsonObjectIsMalformed() {
        Http http = server.http();
        return Scenario.table(
                when("cut off", http.post("/api/auth/setup").text("application/json", "{\"username\":"))
                        .problem(400, "malformed"),
                when("an array", http.post("/api/auth/setup").text("application/json", "[]"))
                        .problem(400, "malformed"),
                when("empty", http.post("/api/auth/setup").text("application/json", ""))
                        .problem(400, "malformed"),
                when("an object as username", setup("username", Map.of("a", 1), "password", World.PASSWORD))
                        .status(400, 422),
                when(
                                "a form",
                                http.post("/api/auth/setup")
                                        .text("application/x-www-form-urlencoded", "username=ada&password=x"))
                        .status(415));
    }

    @Test
    void aCallerFromElsewhereNeedsTheCodeThatStandsInTheDataFolder() throws IOException {
        try (TestServer fresh = TestServer.start(Map.of("trusted_proxies", "127.0.0.1"))) {
            Http lan = fresh.http().from("192.168.1.20");
            Path file = fresh.dataDir().resolve("setup-code");
            String code = World.setupCode(fresh);
            String letters = "[ABCDEFGHJKLMNPQRSTUVWXYZ23456789]{4}";
            assertThat(code).matches(letters + "[- ]" + letters + "[- ]" + letters);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");

            lan.post("/api/auth/setup")
                    .json("username", "eve", "password", World.PASSWORD)
                    .refused(403, "setup_code_required");
            lan.post("/api/auth/setup")
                    .json("username", "eve", "password", World.PASSWORD, "setup_code", "AAAA-AAAA-AAAA")
                    .refused(403, "setup_code_required");
            lan.post("/api/auth/setup")
                    .json("username", "ada", "password", World.PASSWORD, "setup_code", code)
                    .expect(200);
            assertThat(file).doesNotExist();
        }
    }

    @Test
    void theSetupCodeStaysTheSameOverARestart() {
        try (TestServer fresh = TestServer.start()) {
            String code = World.setupCode(fresh);
            fresh.clock().advance(Duration.ofDays(3));
            fresh.restart();
            assertThat(World.setupCode(fresh)).isEqualTo(code);
        }
    }
}
