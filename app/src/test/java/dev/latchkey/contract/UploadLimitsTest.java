package dev.latchkey.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.harness.Call;
import dev.latchkey.harness.Multipart;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.Sample;
import dev.latchkey.harness.TestServer;
import dev.latchkey.harness.World;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UploadLimitsTest {
    private static final int MAX = 1000;
    private World world;

    @BeforeAll
    void start() {
        world = World.start(Map.of("upload.max_bytes", String.valueOf(MAX)));
    }

    @AfterAll
    void stop() {
        world.close();
    }

    private Call raw(Person person, byte[] bytes) {
        return world.http().put("/api/media/raw?filename=x.txt").as(person).body(bytes);
    }

    private static byte[] textOf(int length) {
        return Arrays.copyOf((new String(Sample.uniqueText()) + "-".repeat(length)).getBytes(), length);
    }

    private long used(Person person) {
        return world.http().get("/api/auth/me").as(person).expect(200).longAt("/user/used_bytes");
    }

    @Test
    void aFileMayBeAsLargeAsTheLimitAndNoLarger() {
        raw(world.member(), textOf(MAX)).expect(201);
        raw(world.member(), textOf(MAX + 1)).refused(413, "too_large");
    }

    @Test
    void aFileThatIsTooLargeSpoilsNoOther() {
        Multipart files = Multipart.file("big.txt", textOf(MAX + 1)).and("small.txt", Sample.uniqueText());
        JsonNode results = world.http()
                .post("/api/media")
                .as(world.member())
                .multipart(files)
                .expect(200)
                .at("/results");
        assertThat(results.get(0).path("reason").asText()).isEqualTo("too_large");
        assertThat(results.get(1).path("status").asText()).isEqualTo("stored");
        assertThat(world.server().dataDir().resolve("tmp")).isEmptyDirectory();
    }

    @Test
    void aQuotaCountsWhatAPersonUploadedTrashIncluded() {
        Person person = newcomer("quentin", 100);
        long id = raw(person, textOf(60)).expect(201).longAt("/media/id");
        assertThat(used(person)).isEqualTo(60);
        raw(person, textOf(41)).refused(403, "quota_exceeded");
        raw(person, textOf(40)).expect(201);
        world.http().delete("/api/media/" + id).as(person).expect(204);
        raw(person, textOf(10)).refused(403, "quota_exceeded");
        world.http().delete("/api/trash/" + id).as(world.manager()).expect(204);
        assertThat(used(person)).isEqualTo(40);
        raw(person, textOf(60)).expect(201);
    }

    @Test
    void aQuotaRejectsTheFilesThatDoNotFit() {
        Person person = newcomer("quinn", 100);
        Multipart files =
                Multipart.file("a.txt", textOf(70)).and("b.txt", textOf(70)).and("c.txt", textOf(20));
        JsonNode results = world.http()
                .post("/api/media")
                .as(person)
                .multipart(files)
                .expect(200)
                .at("/results");
        assertThat(results).extracting(r -> r.path("status").asText()).containsExactly("stored", "rejected", "stored");
        assertThat(results.get(1).path("reason").asText()).isEqualTo("quota_exceeded");
    }

    @Test
    void aDuplicateCostsNothing() {
        byte[] bytes = textOf(90);
        raw(world.member(), bytes).expect(201);
        Person person = newcomer("quilla", 10);
        Reply reply = raw(person, bytes).expect(200);
        assertThat(reply.textAt("/status")).isEqualTo("duplicate");
        assertThat(used(person)).isZero();
    }

    private Person newcomer(String name, int quota) {
        long request = world.http()
                .post("/api/auth/join-requests")
                .json("invite_token", world.invite("quota_bytes", quota), "username", name, "password", World.PASSWORD)
                .expect(200)
                .longAt("/join_request_id");
        long id = world.approve(request).longAt("/user/id");
        return world.signIn(new Person(id, name, World.PASSWORD, ""));
    }

    @Test
    void uploadsStopBeforeTheDisksReserve() {
        try (TestServer full = TestServer.start(Map.of("storage.reserve_bytes", "7000000TB"))) {
            full.http()
                    .put("/api/media/raw?filename=x.txt")
                    .body(Sample.uniqueText())
                    .refused(507, "storage_full");
            Reply reply = full.http()
                    .post("/api/media")
                    .multipart(Multipart.file("x.txt", Sample.uniqueText()))
                    .expect(200);
            assertThat(reply.textAt("/results/0/status")).isEqualTo("rejected");
            assertThat(reply.textAt("/results/0/reason")).isEqualTo("storage_full");
            assertThat(full.http().get("/api/media").expect(200).at("/items")).isEmpty();
        }
    }
}
