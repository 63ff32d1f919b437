package dev.latchkey.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.harness.Call;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.Sample;
import dev.latchkey.harness.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditTest {
    private World world;

    @BeforeAll
    void start() {
        world = World.start(Map.of("trusted_proxies", "127.0.0.1"));
    }

    @AfterAll
    void stop() {
        world.close();
    }

    private Reply audit(String query) {
        return world.http().get("/api/audit?" + query).as(world.admin()).expect(200);
    }

    private List<JsonNode> entries(String query) {
        return StreamSupport.stream(audit(query).at("/items").spliterator(), false)
                .toList();
    }

    /** The only entry that {@code call} leaves. */
    private JsonNode traceOf(Call call, int status) {
        long last = entries("limit=1").get(0).path("id").asLong();
        call.expect(status);
        List<JsonNode> more = entries("limit=10").stream()
                .filter(entry -> entry.path("id").asLong() > last)
                .toList();
        assertThat(more).as("audit rows of one change").hasSize(1);
        return more.get(0);
    }

    private static void check(JsonNode entry, String action, Person actor, String targetType) {
        assertThat(entry.path("action").asText()).isEqualTo(action);
        assertThat(entry.at("/actor/id").asLong()).isEqualTo(actor.id());
        assertThat(entry.at("/actor/username").asText()).isEqualTo(actor.username());
        assertThat(entry.at("/target/type").asText()).isEqualTo(targetType);
        assertThat(entry.at("/target/id").asLong()).isPositive();
        assertThat(entry.path("count").asInt()).isEqualTo(1);
        assertThat(entry.path("at").asText()).isNotEmpty();
        assertThat(entry.path("ip").asText()).isEqualTo("127.0.0.1");
    }

    @Test
    void everyChangeLeavesItsRow() {
        Person member = world.member();
        check(
                traceOf(
                        world.http()
                                .post("/api/auth/invites")
                                .as(world.manager())
                                .json(),
                        200),
                "invite.create",
                world.manager(),
                "invite");
        long request = world.ask("ann", "guest");
        check(traceOf(decide(request, "approve"), 200), "join_request.approve", world.admin(), "join_request");
        request = world.ask("abe", "guest");
        check(traceOf(decide(request, "reject"), 200), "join_request.reject", world.admin(), "join_request");

        Call upload =
                world.http().put("/api/media/raw?filename=a.txt").as(member).body(Sample.uniqueText());
        JsonNode stored = traceOf(upload, 201);
        check(stored, "media.upload", member, "media");
        String id = stored.at("/target/id").asText();
        check(
                traceOf(world.http().patch("/api/media/" + id).as(member).json("title", "T"), 200),
                "media.update",
                member,
                "media");
        check(traceOf(world.http().delete("/api/media/" + id).as(member), 204), "media.trash", member, "media");
        check(
                traceOf(
                        world.http()
                                .post("/api/trash/" + id + "/restore")
                                .as(member)
                                .json(),
                        200),
                "media.restore",
                member,
                "media");
        world.http().delete("/api/media/" + id).as(member).expect(204);
        check(
                traceOf(world.http().delete("/api/trash/" + id).as(world.manager()), 204),
                "media.purge",
                world.manager(),
                "media");
        check(
                traceOf(world.http().patch("/api/auth/me").as(member).json("display_name", "Mel B."), 200),
                "user.update",
                member,
                "user");
    }

    private Call decide(long request, String decision) {
        return world.http()
                .post("/api/auth/join-requests/" + request + "/" + decision)
                .as(world.admin())
                .json();
    }

    @Test
    void signInsSignOutsAndEndsOfSessionsLeaveTheirRows() {
        Call login = world.http().post("/api/auth/login").json("username", "gus", "password", World.PASSWORD);
        assertThat(traceOf(login, 200).path("action").asText()).isEqualTo("session.login");
        Person again = world.signIn(world.guest());
        JsonNode logout =
                traceOf(world.http().post("/api/auth/logout").as(again).json(), 200);
        assertThat(logout.path("action").asText()).startsWith("session.");
        assertThat(logout.at("/actor/username").asText()).isEqualTo("gus");
        Person phone = world.signIn(world.guest());
        long id = world.http().get("/api/auth/me").as(phone).expect(200).longAt("/credential/id");
        JsonNode end = traceOf(world.http().delete("/api/auth/sessions/" + id).as(world.guest()), 204);
        assertThat(end.path("action").asText()).startsWith("session.");
    }

    @Test
    void setupAndJoiningStandInTheLog() {
        List<String> actions = entries("limit=200").stream()
                .map(entry -> entry.path("action").asText())
                .toList();
        assertThat(actions).contains("instance.setup", "invite.create", "join_request.create", "join_request.approve");
    }

    @Test
    void deactivationAndReactivationLeaveTheirRows() {
        Person person = world.join("art", "guest");
        String path = "/api/users/" + person.id();
        check(
                traceOf(
                        world.http()
                                .post(path + "/deactivate")
                                .as(world.admin())
                                .json(),
                        200),
                "user.deactivate",
                world.admin(),
                "user");
        check(
                traceOf(world.http().post(path + "/activate").as(world.admin()).json(), 200),
                "user.activate",
                world.admin(),
                "user");
    }

    @Test
    void aRefusedChangeLeavesNone() {
        long last = entries("limit=1").get(0).path("id").asLong();
        world.http().delete("/api/media/99999999").as(world.member()).expect(404);
        world.http().post("/api/auth/invites").as(world.guest()).json().expect(403);
        world.http()
                .post("/api/auth/invites")
                .as(world.admin())
                .json("role", "king")
                .expect(422);
        world.http().get("/api/media").as(world.guest()).expect(200);
        assertThat(entries("limit=1").get(0).path("id").asLong()).isEqualTo(last);
    }

    @Test
    void repeatedFailuresOfOneAddressOnOneAccountAreOneRowWithACount() {
        for (int i = 0; i < 7; i++) {
            wrongLogin("203.0.113.5", "mara");
        }
        wrongLogin("203.0.113.6", "mara");
        wrongLogin("203.0.113.5", "no-such-person");
        List<JsonNode> rows = failuresFrom("203.0.113.5");
        assertThat(rows).hasSize(2);
        assertThat(rows).extracting(row -> row.path("count").asInt()).containsExactlyInAnyOrder(7, 1);
        assertThat(failuresFrom("203.0.113.6")).hasSize(1);

        world.clock().advance(Duration.ofMinutes(61));
        wrongLogin("203.0.113.5", "mara");
        assertThat(failuresFrom("203.0.113.5")).hasSize(3);
    }

    private void wrongLogin(String address, String username) {
        world.http()
                .from(address)
                .post("/api/auth/login")
                .json("username", username, "password", "wrong password")
                .expect(401);
    }

    private List<JsonNode> failuresFrom(String address) {
        return entries("limit=200&action=session.login_failed").stream()
                .filter(entry -> entry.path("ip").asText().equals(address))
                .toList();
    }
}
