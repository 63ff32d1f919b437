package dev.latchkey.contract;

import static dev.latchkey.harness.Scenario.when;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Http;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.Scenario;
import dev.latchkey.harness.TestServer;
import dev.latchkey.harness.World;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InstanceTest {
    private TestServer local;
    private Http lan;

    @BeforeAll
    void start() {
        local = TestServer.start(Map.of("trusted_proxies", "127.0.0.1", "instance_name", "The Attic"));
        lan = local.http().from("192.168.1.20");
    }

    @AfterAll
    void stop() {
        local.close();
    }

    @TestFactory
    List<DynamicTest> healthAnswersEverybody() {
        return Scenario.table(
                when("health", lan.get("/api/health")).status(200).field("/status", "ok"),
                when("readiness", lan.get("/api/health/ready")).status(200),
                when("health by HEAD", lan.head("/api/health"))
                        .status(200)
                        .and(reply -> assertThat(reply.body()).isEmpty()));
    }

    @Test
    void instanceDescribesTheServerBeforeSetup() {
        Reply reply = lan.get("/api/instance").expect(200);

        assertThat(reply.textAt("/name")).isEqualTo("The Attic");
        assertThat(reply.textAt("/version")).isNotEmpty();
        assertThat(reply.textAt("/mode")).isEqualTo("local");
        assertThat(reply.at("/setup_required").asBoolean()).isTrue();
        assertThat(reply.at("/setup_code_required").asBoolean()).isTrue();
        assertThat(reply.textAt("/registration")).isEqualTo("invite");
        assertThat(reply.at("/sign_in/password").asBoolean()).isTrue();
        assertThat(reply.at("/sign_in/providers")).isEmpty();
        assertThat(reply.longAt("/password/min_length")).isEqualTo(8);
    }

    @Test
    void theLocalOwnerIsNotAskedForTheSetupCode() {
        try (TestServer server = TestServer.start()) {
            Reply reply = server.http().get("/api/instance").expect(200);
            assertThat(reply.at("/setup_required").asBoolean()).isTrue();
            assertThat(reply.at("/setup_code_required").asBoolean()).isFalse();
        }
    }

    @Test
    void instanceSaysSharedOnceThereIsAnAdmin() {
        try (TestServer server = TestServer.start(Map.of("registration", "closed"))) {
            World.setUp(server);
            Reply reply = server.http().get("/api/instance").expect(200);
            assertThat(reply.textAt("/mode")).isEqualTo("shared");
            assertThat(reply.at("/setup_required").asBoolean()).isFalse();
            assertThat(reply.at("/setup_code_required").asBoolean()).isFalse();
            assertThat(reply.textAt("/registration")).isEqualTo("closed");
        }
    }

    @Test
    void aBrowserIsToldWhetherItsSessionCounts() {
        try (TestServer server = TestServer.start()) {
            World.setUp(server);
            Http http = server.http();
            String cookie = http.post("/api/auth/login")
                    .json("username", "ada", "password", World.PASSWORD, "cookie", true)
                    .expect(200)
                    .cookie();
            Reply here = http.get("/api/instance").cookie(cookie).expect(200);
            assertThat(here.at("/signed_in").asBoolean()).isTrue();
            assertThat(here.header("Cache-Control")).contains("no-store");
            assertThat(http.get("/api/instance").expect(200).at("/signed_in").asBoolean())
                    .isFalse();
            http.post("/api/auth/logout").cookie(cookie).json().expect(200);
            assertThat(http.get("/api/instance")
                            .cookie(cookie)
                            .expect(200)
                            .at("/signed_in")
                            .asBoolean())
                    .isFalse();
        }
    }
}
