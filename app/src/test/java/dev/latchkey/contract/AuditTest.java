package dev.latchkey.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.harness.Call;
import dev.latchkey.harness.LogLines;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.Sample;
import dev.latchkey.harness.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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

    @Test
    void entriesAreFilteredByActorActionAndTime() {
        String since = world.clock().instant().plusSeconds(1).toString();
        world.clock().advance(Duration.ofSeconds(5));
        world.upload(world.member(), "f.txt", Sample.uniqueText());
        String until = world.clock().instant().plusSeconds(1).toString();
        world.clock().advance(Duration.ofSeconds(5));
        world.upload(world.member(), "g.txt", Sample.uniqueText());
        world.upload(world.manager(), "h.txt", Sample.uniqueText());

        assertThat(entries("since=" + since + "&until=" + until)).hasSize(1);
        assertThat(entries("since=" + since)).hasSize(3);
        assertThat(entries("since=" + since + "&actor_id=" + world.manager().id()))
                .hasSize(1);
        assertThat(entries("since=" + since + "&action=media.upload")).hasSize(3);
        assertThat(entries("since=" + since + "&action=media.trash")).isEmpty();
        world.http().get("/api/audit?since=then").as(world.admin()).expect(400);
        world.http().get("/api/audit?actor_id=me").as(world.admin()).expect(400);
    }

    @Test
    void theNewestComeFirstAndPagesFollowEachOther() {
        List<Long> whole = entries("limit=200").stream()
                .map(entry -> entry.path("id").asLong())
                .toList();
        assertThat(whole).isSortedAccordingTo(java.util.Comparator.reverseOrder());
        List<Long> walked = new ArrayList<>();
        String cursor = "";
        do {
            Reply page = audit("limit=7" + cursor);
            page.at("/items").forEach(item -> walked.add(item.path("id").asLong()));
            cursor = page.at("/next_cursor").isNull() ? null : "&cursor=" + page.textAt("/next_cursor");
        } while (cursor != null);
        assertThat(walked).isEqualTo(whole);
    }

    @Test
    void theWholeLogStreamsAsOneObjectALine() throws IOException {
        Reply reply = world.http()
                .get("/api/audit")
                .as(world.admin())
                .header("Accept", "application/x-ndjson")
                .expect(200);
        assertThat(reply.header("Content-Type")).startsWith("application/x-ndjson");
        List<String> lines = reply.text().lines().toList();
        assertThat(lines).hasSize(entries("limit=200").size());
        for (String line : lines) {
            assertThat(new com.fasterxml.jackson.databind.ObjectMapper()
                            .readTree(line)
                            .has("action"))
                    .isTrue();
        }
    }

    @Test
    void onlyAdminsReadIt() {
        world.http().get("/api/audit").as(world.manager()).expect(403);
        world.http().get("/api/audit").as(world.member()).expect(403);
        world.http().get("/api/audit").expect(401);
    }

    @Test
    void secretsStandNeitherInTheDatabaseNorInTheLog() throws IOException {
        try (LogLines log = LogLines.record();
                World fresh = World.start()) {
            String invite = fresh.invite("note", "x");
            fresh.http()
                    .post("/api/auth/join-requests")
                    .json("invite_token", invite, "username", "zoe", "password", "Unrepeatable 77 words")
                    .expect(200);
            fresh.http()
                    .post("/api/auth/login")
                    .json("username", "mel", "password", "Wr0ng-but-typed-in-full")
                    .expect(401);
            fresh.http()
                    .get("/api/media")
                    .bearer("lks_ThisTokenIsNotKnownToAnybodyAtAllButSecret0")
                    .expect(401);
            fresh.server().stop();
            List<String> secrets = List.of(
                    World.PASSWORD,
                    "Unrepeatable 77 words",
                    "Wr0ng-but-typed-in-full",
                    "ThisTokenIsNotKnownToAnybodyAtAllButSecret0",
                    invite.substring(4),
                    fresh.admin().token().substring(4),
                    fresh.member().token().substring(4));
            assertThat(log.text()).isNotEmpty().doesNotContain(secrets);
            try (Stream<Path> files = Files.list(fresh.server().dataDir())) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                            .as(file.toString())
                            .doesNotContain(secrets);
                }
            }
        }
    }
}
