package dev.latchkey.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.error.Problem;
import dev.latchkey.harness.Http;
import dev.latchkey.harness.LogLines;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.TestServer;
import dev.latchkey.harness.World;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An admin that the configuration makes, for servers that nobody sits at. */
class FirstAdminTest {
    private static final Map<String, String> ROOT =
            Map.of("admin.username", "Root", "admin.email", "root@example.org", "admin.password", World.PASSWORD);

    private static Map<String, String> rootWith(String key, String value) {
        Map<String, String> settings = new HashMap<>(ROOT);
        settings.put(key, value);
        return settings;
    }

    private static Reply signIn(Http http, String password) {
        return http.post("/api/auth/login")
                .json("username", "root", "password", password)
                .expect(200);
    }

    @Test
    void aServerThatIsToldOfAnAdminStartsInSharedMode() {
        try (TestServer server = TestServer.start(ROOT)) {
            Http http = server.http();
            Reply instance = http.get("/api/instance").expect(200);
            assertThat(instance.textAt("/mode")).isEqualTo("shared");
            assertThat(instance.at("/setup_required").asBoolean()).isFalse();
            assertThat(server.dataDir().resolve("setup-code")).doesNotExist();
            http.get("/api/media").expect(401);
            http.post("/api/auth/setup")
                    .json("username", "ada", "password", World.PASSWORD)
                    .refused(409, "already_set_up");
        }
    }

    @Test
    void theAdminChangesThePasswordBeforeAnythingElse() {
        try (TestServer server = TestServer.start(ROOT)) {
            Http http = server.http();
            Reply login = signIn(http, World.PASSWORD);
            String token = login.textAt("/token");

            assertThat(login.at("/password_change_required").asBoolean()).isTrue();
            Reply me = http.get("/api/auth/me").bearer(token).expect(200);
            assertThat(me.textAt("/user/username")).isEqualTo("root");
            assertThat(me.textAt("/user/email")).isEqualTo("root@example.org");
            assertThat(me.textAt("/user/role")).isEqualTo("admin");
            http.get("/api/media").bearer(token).refused(403, "password_change_required");
            http.get("/api/audit").bearer(token).refused(403, "password_change_required");
            http.post("/api/auth/invites").bearer(token).json().refused(403, "password_change_required");
        }
    }

    @Test
    void nobodyStandsInTheAuditLogForIt() {
        try (TestServer server = TestServer.start(ROOT)) {
            server.tamper("UPDATE users SET password_change_required = 0");
            Http http = server.http();
            Reply audit = http.get("/api/audit?action=instance.setup")
                    .bearer(signIn(http, World.PASSWORD).textAt("/token"))
                    .expect(200);
            assertThat(audit.at("/items")).hasSize(1);
            assertThat(audit.at("/items/0/actor").isNull()).isTrue();
            assertThat(audit.textAt("/items/0/target/type")).isEqualTo("user");
            assertThat(audit.text()).doesNotContain(World.PASSWORD);
        }
    }

    @Test
    void aRestartWithTheSameSettingsMakesNoSecondAdminAndLeavesTheFirstAlone() {
        try (TestServer server = TestServer.start(ROOT);
                LogLines log = LogLines.record()) {
            server.restart(rootWith("admin.password", "another lantern by the lake"));

            signIn(server.http(), World.PASSWORD);
            assertThat(log.text()).contains("admin.username").doesNotContain(World.PASSWORD, "another lantern");
        }
    }

    @Test
    void whoIsNoAdminAnyMoreIsMadeNoneAndTheLogSaysSo() {
        try (World world = World.start()) {
            TestServer server = world.server();
            world.join("root", "member");
            try (LogLines log = LogLines.record()) {
                server.restart(ROOT);
                assertThat(log.text()).contains("admin.username", "no admin").doesNotContain("root");
            }
            String token = signIn(server.http(), World.PASSWORD).textAt("/token");
            assertThat(server.http()
                            .get("/api/auth/me")
                            .bearer(token)
                            .expect(200)
                            .textAt("/user/role"))
                    .isEqualTo("member");
        }
    }

    @Test
    void anotherNameThanThatOfSomebodyStopsTheStart() {
        try (TestServer server = TestServer.start(ROOT)) {
            assertThatThrownBy(() -> server.restart(rootWith("admin.username", "boss")))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("admin.username")
                    .hasMessageContaining("boss")
                    .hasMessageContaining("Remove the admin.* settings");

            server.restart(ROOT);
            signIn(server.http(), World.PASSWORD);
        }
    }

    @Test
    void aLibraryThatWasSetUpByHandTakesNoAdminFromTheConfiguration() {
        try (TestServer server = TestServer.start()) {
            World.setUp(server);
            assertThatThrownBy(() -> server.restart(ROOT)).hasMessageContaining("admin.username");
            server.restart(rootWith("admin.username", "ADA"));
            server.http()
                    .post("/api/auth/login")
                    .json("username", "root", "password", World.PASSWORD)
                    .expect(401);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "admin.username, no one",
        "admin.username, root@example.org",
        "admin.email, nowhere",
        "admin.password, password1",
        "admin.password, root",
        "admin.password, latchkey 4711"
    })
    void aBadValueStopsTheStartAndNamesItsKey(String key, String value) {
        assertThatThrownBy(() -> TestServer.start(rootWith(key, value)).close())
                .isInstanceOf(Problem.class)
                .hasMessageContaining(key)
                .hasMessageNotContainingAny(World.PASSWORD, "password1", "4711");
    }

    @Test
    void aRefusedPasswordLeavesTheLibraryToItsOwner() {
        try (TestServer server = TestServer.start()) {
            assertThatThrownBy(() -> server.restart(rootWith("admin.password", "short")))
                    .hasMessageContaining("admin.password");
            server.restart(Map.of("admin.username", "", "admin.email", "", "admin.password", ""));
            assertThat(server.http().get("/api/instance").expect(200).textAt("/mode"))
                    .isEqualTo("local");
            World.setUp(server);
        }
    }
}
