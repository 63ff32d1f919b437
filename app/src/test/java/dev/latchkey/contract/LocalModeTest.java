package dev.latchkey.contract;

import static dev.latchkey.harness.Scenario.when;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Http;
import dev.latchkey.harness.Multipart;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.Sample;
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
class LocalModeTest {
    private TestServer server;
    private Http http;

    @BeforeAll
    void start() {
        server = TestServer.start();
        http = server.http();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void theLocalOwnerUsesTheWholeLibraryWithoutALogin() {
        byte[] bytes = Sample.uniqueText();
        long id = http.post("/api/media")
                .multipart(Multipart.file("note.txt", bytes))
                .expect(200)
                .longAt("/results/0/media_id");

        Reply media = http.get("/api/media/" + id).expect(200);
        assertThat(media.at("/uploader").isNull()).isTrue();
        assertThat(http.get("/api/media/" + id + "/content").expect(200).body()).isEqualTo(bytes);
        http.patch("/api/media/" + id).json("title", "A note").expect(200);
        http.delete("/api/media/" + id).expect(204);
        assertThat(http.get("/api/trash").expect(200).at("/items")).isNotEmpty();
        http.post("/api/trash/" + id + "/restore").json().expect(200);
        http.delete("/api/media/" + id).expect(204);
        http.delete("/api/trash/" + id).expect(204);
        http.get("/api/media/" + id).expect(404);
    }

    @TestFactory
    List<DynamicTest> accountRoutesNeedSetupEvenForTheLocalOwner() {
        return Scenario.table(
                when("me", http.get("/api/auth/me")).problem(403, "setup_required"),
                when("sessions", http.get("/api/auth/sessions")).problem(403, "setup_required"),
                when("logout", http.post("/api/auth/logout").json()).problem(403, "setup_required"),
                when("invite", http.post("/api/auth/invites").json()).problem(403, "setup_required"),
                when("invites", http.get("/api/auth/invites")).problem(403, "setup_required"),
                when("join requests", http.get("/api/auth/join-requests")).problem(403, "setup_required"),
                when("deactivation", http.post("/api/users/1/deactivate").json())
                        .problem(403, "setup_required"),
                when("audit", http.get("/api/audit")).problem(403, "setup_required"));
    }

    @Test
    void aLanCallerIsTheLocalOwnerOnlyWhenTheServerIsOpenToTheLan() {
        try (TestServer open = TestServer.start(Map.of("local.open_to_lan", "true", "trusted_proxies", "127.0.0.1"))) {
            open.http().from("192.168.1.20").get("/api/media").expect(200);
            open.http().from("169.254.7.7").get("/api/media").expect(200);
            open.http().from("fe80::1").get("/api/media").expect(200);
            open.http().from("203.0.113.7").get("/api/media").refused(403, "setup_required");
            open.http().from("2001:db8::7").get("/api/media").refused(403, "setup_required");
            open.http()
                    .from("192.168.1.20")
                    .post("/api/auth/setup")
                    .json("username", "eve", "password", World.PASSWORD)
                    .refused(403, "setup_code_required");
        }
    }

    @Test
    void fromSetupOnTheLibraryAsksWhoIsCalling() {
        try (TestServer fresh = TestServer.start()) {
            fresh.http().get("/api/media").expect(200);
            World.setUp(fresh);
            fresh.http().get("/api/media").expect(401);
            fresh.restart();
            fresh.http().get("/api/media").expect(401);
        }
    }
}
