package dev.latchkey.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Call;
import dev.latchkey.harness.Multipart;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.Sample;
import dev.latchkey.harness.World;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrashTest {
    private World world;
    private Person other;

    @BeforeAll
    void start() {
        world = World.start();
        other = world.join("olaf", "member");
    }

    @AfterAll
    void stop() {
        world.close();
    }

    private Call delete(Person person, long id) {
        return world.http().delete("/api/media/" + id).as(person);
    }

    private Call restore(Person person, long id) {
        return world.http().post("/api/trash/" + id + "/restore").as(person).json();
    }

    private Call purge(Person person, long id) {
        return world.http().delete("/api/trash/" + id).as(person);
    }

    private Reply upload(Person person, byte[] bytes) {
        return world.http()
                .post("/api/media")
                .as(person)
                .multipart(Multipart.file("again.txt", bytes))
                .expect(200);
    }

    private List<Long> trash(Person person) {
        Reply reply = world.http().get("/api/trash?limit=200").as(person).expect(200);
        return StreamSupport.stream(reply.at("/items").spliterator(), false)
                .map(item -> item.path("id").asLong())
                .toList();
    }

    @Test
    void aDeletedMediumIsNowhereButInTheTrash() {
        byte[] bytes = Sample.uniqueText();
        long id = world.upload(world.member(), "x.txt", bytes);
        delete(world.member(), id).expect(204);

        String path = "/api/media/" + id;
        world.http().get(path).as(world.admin()).expect(404);
        world.http().get(path + "/content").as(world.admin()).expect(404);
        world.http().patch(path).as(world.member()).json("title", "x").expect(404);
        delete(world.member(), id).expect(404);
        world.http()
                .head("/api/media/by-hash/" + Sample.sha256(bytes))
                .as(world.member())
                .expect(404);
        assertThat(trash(world.member())).contains(id);
    }

    @Test
    void theTrashSaysWhoDeletedWhatAndUntilWhenItCanComeBack() {
        long id = world.upload(world.member(), "x.txt", Sample.uniqueText());
        delete(world.manager(), id).expect(204);
        Reply reply = world.http().get("/api/trash?limit=1").as(world.admin()).expect(200);

        assertThat(reply.longAt("/items/0/id")).isEqualTo(id);
        Instant trashedAt = Instant.parse(reply.textAt("/items/0/trashed_at"));
        assertThat(trashedAt).isEqualTo(world.clock().instant());
        assertThat(Instant.parse(reply.textAt("/items/0/purge_at"))).isEqualTo(trashedAt.plus(Duration.ofDays(30)));
        assertThat(reply.at("/items/0/trashed_by").toString())
                .contains(String.valueOf(world.manager().id()));
    }

    @Test
    void membersSeeTheirOwnTrashAndManagersAll() {
        long mine = world.upload(world.member(), "a.txt", Sample.uniqueText());
        long theirs = world.upload(other, "b.txt", Sample.uniqueText());
        delete(world.member(), mine).expect(204);
        delete(other, theirs).expect(204);

        assertThat(trash(world.member())).contains(mine).doesNotContain(theirs);
        assertThat(trash(world.manager())).contains(mine, theirs);
        restore(world.member(), theirs).expect(404);
        assertThat(purge(world.member(), theirs).send().status()).isIn(403, 404);
        world.http().get("/api/trash").as(world.guest()).expect(403);
    }

    @Test
    void onlyOwnersAndManagersDelete() {
        long id = world.upload(world.member(), "x.txt", Sample.uniqueText());
        delete(other, id).refused(403, "not_owner");
        delete(world.guest(), id).expect(403);
        delete(world.manager(), id).expect(204);
        delete(world.member(), 99_999_999).expect(404);
    }

    @Test
    void aRestoredMediumIsAsItWas() {
        byte[] bytes = Sample.uniqueText();
        long id = world.upload(world.member(), "x.txt", bytes);
        world.http()
                .patch("/api/media/" + id)
                .as(world.member())
                .json("title", "Kept", "tags", List.of("kept"))
                .expect(200);
        String before = world.http()
                .get("/api/media/" + id)
                .as(world.guest())
                .expect(200)
                .text();
        delete(world.member(), id).expect(204);

        Reply restored = restore(world.member(), id).expect(200);

        assertThat(restored.textAt("/title")).isEqualTo("Kept");
        assertThat(world.http()
                        .get("/api/media/" + id)
                        .as(world.guest())
                        .expect(200)
                        .text())
                .isEqualTo(before);
        restore(world.member(), id).expect(404);
        assertThat(trash(world.manager())).doesNotContain(id);
    }

    @Test
    void whatAManagerRemovedDoesNotComeBackByItsUploader() {
        byte[] bytes = Sample.uniqueText();
        long id = world.upload(world.member(), "x.txt", bytes);
        delete(world.manager(), id).expect(204);

        assertThat(restore(world.member(), id).send().status()).isIn(403, 404);
        Reply again = upload(world.member(), bytes);
        assertThat(again.textAt("/results/0/status")).isEqualTo("rejected");
        assertThat(again.textAt("/results/0/reason")).isEqualTo("removed");
        Reply raw = world.http()
                .put("/api/media/raw?filename=x.txt")
                .as(other)
                .body(bytes)
                .send();
        assertThat(raw.status()).isBetween(400, 499);
        assertThat(raw.code()).isEqualTo("removed");

        Reply byManager = upload(world.manager(), bytes);
        assertThat(byManager.textAt("/results/0/status")).isEqualTo("restored");
        assertThat(byManager.longAt("/results/0/media_id")).isEqualTo(id);
    }

    @Test
    void whatItsUploaderTrashedComesBackByAnybodyAndNamesThem() {
        byte[] bytes = Sample.uniqueText();
        long id = world.upload(world.member(), "x.txt", bytes);
        delete(world.member(), id).expect(204);
        Reply reply = upload(other, bytes);
        assertThat(reply.textAt("/results/0/status")).isEqualTo("restored");
        assertThat(reply.longAt("/results/0/media_id")).isEqualTo(id);
        Reply media = world.http().get("/api/media/" + id).as(world.guest()).expect(200);
        assertThat(media.longAt("/uploader/id")).isEqualTo(other.id());
    }

    @Test
    void purgingIsForManagersAndForEver() {
        byte[] bytes = Sample.uniqueText();
        long id = world.upload(world.member(), "x.txt", bytes);
        purge(world.manager(), id).expect(404);
        delete(world.member(), id).expect(204);
        purge(world.member(), id).expect(403);
        purge(world.manager(), id).expect(204);
        purge(world.manager(), id).expect(404);
        restore(world.manager(), id).expect(404);

        String sha256 = Sample.sha256(bytes);
        Path folder = world.server().dataDir().resolve("blobs").resolve(sha256.substring(0, 2));
        assertThat(folder.resolve(sha256.substring(2))).doesNotExist();
        Reply again = upload(other, bytes);
        assertThat(again.textAt("/results/0/status")).isEqualTo("stored");
        assertThat(again.longAt("/results/0/media_id")).isNotEqualTo(id);
    }

    @Test
    void theTrashIsWalkedByPages() {
        for (int i = 0; i < 3; i++) {
            long id = world.upload(other, "p.txt", Sample.uniqueText());
            delete(other, id).expect(204);
        }
        Reply first = world.http().get("/api/trash?limit=2").as(other).expect(200);
        Reply second = world.http()
                .get("/api/trash?limit=2&cursor=" + first.textAt("/next_cursor"))
                .as(other)
                .expect(200);
        assertThat(second.longAt("/items/0/id")).isNotEqualTo(first.longAt("/items/1/id"));
        world.http().get("/api/trash?limit=0").as(other).expect(400);
    }
}
