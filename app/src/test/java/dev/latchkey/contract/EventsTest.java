package dev.latchkey.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.harness.Await;
import dev.latchkey.harness.Keyring;
import dev.latchkey.harness.LogLines;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.Sample;
import dev.latchkey.harness.TestServer;
import dev.latchkey.harness.Watcher;
import dev.latchkey.harness.World;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What {@code GET /api/events} tells, to whom, and how often one may ask. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventsTest {
    private World world;
    private Keyring keys;

    @BeforeAll
    void start() {
        world = World.start();
        keys = new Keyring(world);
    }

    @AfterAll
    void stop() {
        world.close();
    }

    private Watcher watch(Person person) {
        return Watcher.bearer(world.server(), person.token());
    }

    private long upload() {
        return world.upload(world.member(), "a.txt", Sample.uniqueText());
    }

    private JsonNode media(Person person, long id) {
        return world.http().get("/api/media/" + id).as(person).expect(200).json();
    }

    /** Something that everybody hears, behind everything that happened before. */
    private void mark(Watcher... watchers) {
        long id = upload();
        for (Watcher watcher : watchers) {
            watcher.await("media.added", event -> event.data().path("id").asLong() == id);
        }
    }

    @Test
    void guestsSeeMediaComeChangeAndGoAsTheApiShowsThem() {
        Person guest = keys.somebody("guest");
        try (Watcher watcher = watch(guest)) {
            assertThat(watcher.head())
                    .contains(
                            "Content-Type: text/event-stream",
                            "Cache-Control: no-store, no-transform",
                            "X-Accel-Buffering: no")
                    .noneMatch(line -> line.startsWith("Content-Encoding"));
            long id = upload();
            assertThat(watcher.await("media.added").data().path("media")).isEqualTo(media(guest, id));

            world.http()
                    .patch("/api/media/" + id)
                    .as(world.member())
                    .json("title", "Das Meer — data: 🎞", "tags", List.of("sea"))
                    .expect(200);
            assertThat(watcher.await("media.changed").data().path("media")).isEqualTo(media(guest, id));

            world.http().delete("/api/media/" + id).as(world.member()).expect(204);
            assertThat(watcher.await("media.removed").data().path("id").asLong())
                    .isEqualTo(id);

            world.http()
                    .post("/api/trash/" + id + "/restore")
                    .as(world.member())
                    .json()
                    .expect(200);
            Await.until(
                    "the restored item",
                    () -> watcher.names()
                            .equals(List.of("hello", "media.added", "media.changed", "media.removed", "media.added")));
        }
    }

    @Test
    void requestsToJoinAreForManagersWhoSignedInOnly() {
        Person manager = keys.somebody("manager");
        String token = keys.personalToken(keys.somebody("manager"), "library:read");
        Person somebody = keys.somebody("member");
        try (Watcher watcher = watch(manager);
                Watcher program = Watcher.bearer(world.server(), token);
                Watcher member = watch(somebody)) {
            long id = world.ask("jo", "guest");
            assertThat(watcher.await("join_request.added").data().toString())
                    .isEqualTo("{\"id\":" + id + ",\"status\":\"pending\"}");
            world.approve(id);
            assertThat(watcher.await("join_request.decided").data().toString())
                    .isEqualTo("{\"id\":" + id + ",\"status\":\"approved\"}");
            mark(program, member);
            assertThat(program.names()).containsExactly("hello", "media.added");
            assertThat(member.names()).containsExactly("hello", "media.added");
        }
    }

    @Test
    void deletionRequestsAreForManagersWhoSignedInAndTheirAnswerAlsoForWhoAsked() {
        Person manager = keys.somebody("manager");
        Person asking = keys.somebody("member");
        Person somebody = keys.somebody("member");
        long media = upload();
        try (Watcher watcher = watch(manager);
                Watcher own = watch(asking);
                Watcher other = watch(somebody)) {
            long id = world.http()
                    .post("/api/media/" + media + "/deletion-requests")
                    .as(asking)
                    .json("reason", "twice")
                    .expect(200)
                    .longAt("/deletion_request_id");
            String data = "{\"id\":" + id + ",\"media_id\":" + media + ",\"status\":\"";
            assertThat(watcher.await("deletion_request.added").data().toString())
                    .isEqualTo(data + "pending\"}");
            assertThat(own.await("media.changed")
                            .data()
                            .at("/media/deletion_requested")
                            .asBoolean())
                    .isTrue();

            world.http()
                    .post("/api/deletion-requests/" + id + "/approve")
                    .as(manager)
                    .json()
                    .expect(200);
            for (Watcher told : List.of(watcher, own)) {
                assertThat(told.await("deletion_request.decided").data().toString())
                        .isEqualTo(data + "approved\"}");
            }
            mark(other, own);
            assertThat(other.names()).containsExactly("hello", "media.changed", "media.removed", "media.added");
            assertThat(own.names()).doesNotContain("deletion_request.added");
        }
    }

    @Test
    void anotherRoleCountsFromTheNextEventOn() {
        Person person = keys.somebody("manager");
        try (Watcher watcher = watch(person)) {
            keys.change(person, "role", "guest").expect(200);
            world.ask("kim", "guest");
            mark(watcher);
            assertThat(watcher.names()).containsExactly("hello", "session", "media.added");

            keys.change(person, "role", "manager").expect(200);
            world.ask("kit", "guest");
            watcher.await("join_request.added");
        }
    }

    @Test
    void onePersonWatchesTwentyTimesAndLeavingMakesRoom() {
        Person person = keys.somebody("guest");
        List<Watcher> watchers = new ArrayList<>();
        try {
            IntStream.range(0, 20).forEach(i -> watchers.add(watch(person)));
            assertThat(world.http()
                            .get("/api/events")
                            .as(person)
                            .refused(429, "rate_limited")
                            .header("Retry-After"))
                    .isEqualTo("30");
            watch(world.guest()).close();

            watchers.remove(0).close();
            Await.until(
                    "room for another stream",
                    () -> world.http().get("/api/events").as(person).send().status() == 200);
            mark(watchers.toArray(Watcher[]::new));
        } finally {
            watchers.forEach(Watcher::close);
        }
    }

    @Test
    void theLocalOwnerWatchesUntilThereIsAnAdmin() {
        try (TestServer server = TestServer.start();
                Watcher watcher = Watcher.local(server)) {
            server.http()
                    .put("/api/media/raw?filename=a.txt")
                    .body(Sample.uniqueText())
                    .expect(201);
            watcher.await("media.added");

            Person admin = World.setUp(server);
            watcher.awaitEnd();
            server.http()
                    .put("/api/media/raw?filename=b.txt")
                    .as(admin)
                    .body(Sample.uniqueText())
                    .expect(201);
            assertThat(watcher.names()).containsExactly("hello", "media.added", "session");
            server.http().get("/api/events").refused(401, "unauthenticated");
        }
    }

    @Test
    void whoDoesNotReadKeepsNobodyWaitingNorAStop() throws IOException {
        TestServer server = TestServer.start();
        try (Socket deaf = new Socket()) {
            deaf.setReceiveBufferSize(4096);
            deaf.connect(new InetSocketAddress("127.0.0.1", server.port()));
            deaf.getOutputStream()
                    .write("GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(deaf.getInputStream().read()).isEqualTo('H');
            long id = server.http()
                    .put("/api/media/raw?filename=a.txt")
                    .body(Sample.uniqueText())
                    .expect(201)
                    .longAt("/media/id");
            try (Watcher watcher = Watcher.local(server)) {
                // More than the buffers of both ends hold: an event of so long a text is 16 KB.
                for (int i = 0; i < 200; i++) {
                    String text = i + "€".repeat(4900);
                    server.http()
                            .patch("/api/media/" + id)
                            .json("description", text)
                            .expect(200);
                }
                watcher.await(
                        "media.changed",
                        event -> event.data().at("/media/description").asText().startsWith("199"));
            }
            stopsWithoutWaiting(server);
        } finally {
            server.close();
        }
    }

    @Test
    void aStopEndsEveryStreamAtOnce() {
        try (TestServer server = TestServer.start();
                Watcher watcher = Watcher.local(server)) {
            stopsWithoutWaiting(server);
            watcher.awaitEnd();
        }
    }

    /** A stop waits ten seconds for requests under way, and says so when it gives up. */
    private static void stopsWithoutWaiting(TestServer server) {
        try (LogLines log = LogLines.record()) {
            server.stop();
            assertThat(log.text()).doesNotContain("are cut off");
        }
    }
}
