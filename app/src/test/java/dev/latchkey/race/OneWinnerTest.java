package dev.latchkey.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Call;
import dev.latchkey.harness.Http;
import dev.latchkey.harness.Multipart;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.Race;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.Sample;
import dev.latchkey.harness.TestServer;
import dev.latchkey.harness.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Fifty callers who want the same thing at the same moment: exactly one gets it, and the others hear why not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OneWinnerTest {
    private World world;
    private Http http;

    @BeforeAll
    void start() {
        world = World.start();
        http = world.http();
    }

    @AfterAll
    void stop() {
        world.close();
    }

    private static void checkOneWinner(List<Reply> replies, int status, String code) {
        List<Reply> winners =
                replies.stream().filter(reply -> reply.status() == 200).toList();
        assertThat(winners).hasSize(1);
        replies.stream().filter(reply -> reply.status() != 200).forEach(reply -> reply.refused(status, code));
    }

    @Test
    void setupMakesOneAdmin() {
        try (TestServer fresh = TestServer.start()) {
            List<Reply> replies = Race.of(number -> fresh.http()
                    .post("/api/auth/setup")
                    .json("username", "admin" + number, "password", World.PASSWORD));

            checkOneWinner(replies, 409, "already_set_up");
            String token = replies.stream()
                    .filter(reply -> reply.status() == 200)
                    .findFirst()
                    .orElseThrow()
                    .textAt("/token");
            Reply audit = fresh.http()
                    .get("/api/audit?action=instance.setup")
                    .bearer(token)
                    .expect(200);
            assertThat(audit.at("/items")).hasSize(1);
        }
    }

    @Test
    void anInviteMakesOneJoinRequest() {
        String invite = world.invite();
        List<Reply> replies = Race.of(number -> join(invite, "racer" + number));
        checkOneWinner(replies, 400, "invite_invalid");
        assertThat(pendingNamed("racer")).isEqualTo(1);
    }

    @Test
    void aUsernameGoesToOnePerson() {
        List<String> invites =
                Stream.generate(() -> world.invite()).limit(Race.THREADS).toList();
        List<Reply> replies = Race.of(number -> join(invites.get(number), "highlander"));
        checkOneWinner(replies, 409, "username_taken");
        assertThat(pendingNamed("highlander")).isEqualTo(1);
    }

    private Call join(String invite, String username) {
        return http.post("/api/auth/join-requests")
                .json("invite_token", invite, "username", username, "password", World.PASSWORD);
    }

    private long pendingNamed(String prefix) {
        Reply reply = http.get("/api/auth/join-requests?status=pending&limit=200")
                .as(world.manager())
                .expect(200);
        return StreamSupport.stream(reply.at("/items").spliterator(), false)
                .filter(item -> item.path("username").asText().startsWith(prefix))
                .count();
    }

    @Test
    void aJoinRequestIsDecidedByOne() {
        for (int round = 0; round < 3; round++) {
            String name = "candidate" + round;
            long request = world.ask(name, "guest");
            List<Reply> replies = Race.of(number -> http.post(
                            "/api/auth/join-requests/" + request + "/" + (number % 2 == 0 ? "approve" : "reject"))
                    .as(number % 3 == 0 ? world.admin() : world.manager())
                    .json());
            checkOneWinner(replies, 409, "already_decided");
            boolean approved = replies.stream()
                    .anyMatch(reply -> reply.status() == 200 && reply.path().endsWith("/approve"));
            http.post("/api/auth/login")
                    .json("username", name, "password", World.PASSWORD)
                    .expect(approved ? 200 : 401);
        }
    }

    @Test
    void theSameFileIsOneBlobAndOneRow() throws IOException {
        byte[] bytes = Sample.uniqueImage("png");
        List<Reply> replies = Race.of(number -> {
            Person person = number % 2 == 0 ? world.member() : world.manager();
            return number % 3 == 0
                    ? http.put("/api/media/raw?filename=same.png").as(person).body(bytes)
                    : http.post("/api/media").as(person).multipart(Multipart.file("same.png", bytes));
        });

        List<String> statuses = replies.stream()
                .map(reply ->
                        reply.path().endsWith("/media") ? reply.textAt("/results/0/status") : reply.textAt("/status"))
                .toList();
        assertThat(statuses).containsOnlyOnce("stored");
        assertThat(statuses).filteredOn("duplicate"::equals).hasSize(Race.THREADS - 1);
        Reply found = http.get("/api/media?q=same").as(world.guest()).expect(200);
        assertThat(found.at("/items")).hasSize(1);
        assertThat(blobs(Sample.sha256(bytes))).hasSize(1);
        assertThat(world.server().dataDir().resolve("tmp")).isEmptyDirectory();
        long used = used(world.member()) + used(world.manager());
        assertThat(used).as("bytes of both people").isEqualTo(bytes.length);
    }

    private long used(Person person) {
        return http.get("/api/auth/me").as(person).expect(200).longAt("/user/used_bytes");
    }

    private List<Path> blobs(String sha256) throws IOException {
        try (Stream<Path> files = Files.walk(world.server().dataDir().resolve("blobs"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> (file.getParent().getFileName().toString() + file.getFileName()).startsWith(sha256))
                    .toList();
        }
    }

    @Test
    void aQuotaHoldsAgainstUploadsAtTheSameMoment() {
        long request = http.post("/api/auth/join-requests")
                .json("invite_token", world.invite("quota_bytes", 250), "username", "quick", "password", World.PASSWORD)
                .expect(200)
                .longAt("/join_request_id");
        long id = world.approve(request).longAt("/user/id");
        Person person = world.signIn(new Person(id, "quick", World.PASSWORD, ""));

        List<Reply> replies = Race.of(number -> http.put("/api/media/raw?filename=q" + number)
                .as(person)
                .body(Sample.utf8(String.format("%0100d", number))));

        assertThat(replies).filteredOn(reply -> reply.status() == 201).hasSize(2);
        replies.stream().filter(reply -> reply.status() != 201).forEach(reply -> reply.refused(403, "quota_exceeded"));
        assertThat(used(person)).isEqualTo(200);
    }

    @Test
    void whatIsPurgedAndUploadedAtTheSameMomentIsWholeOrAbsent() {
        byte[] bytes = Sample.uniqueText();
        for (int round = 0; round < 10; round++) {
            long id = world.upload(world.manager(), "pingpong.txt", bytes);
            http.delete("/api/media/" + id).as(world.manager()).expect(204);
            Race.run(
                    8,
                    number -> number == 0
                            ? http.delete("/api/trash/" + id)
                                    .as(world.manager())
                                    .send()
                            : http.post("/api/media")
                                    .as(world.manager())
                                    .multipart(Multipart.file("pingpong.txt", bytes))
                                    .expect(200));
            Reply list = http.get("/api/media?q=pingpong").as(world.guest()).expect(200);
            assertThat(list.at("/items")).hasSize(1);
            Reply content = http.get("/api/media/" + list.longAt("/items/0/id") + "/content")
                    .as(world.guest())
                    .expect(200);
            assertThat(content.body()).isEqualTo(bytes);
        }
    }
}
