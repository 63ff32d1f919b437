package dev.latchkey.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.harness.Call;
import dev.latchkey.harness.Keyring;
import dev.latchkey.harness.Multipart;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.Sample;
import dev.latchkey.harness.World;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Whoever leaves the house leaves their files and nothing else, and nobody leaves it without an admin. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LeavingContractTest {
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

    private Call create(Object... namesAndValues) {
        return world.http().post("/api/users").as(world.admin()).json(namesAndValues);
    }

    private List<String> names(String query) {
        Reply reply = world.http().get("/api/users?" + query).as(world.admin()).expect(200);
        return reply.at("/items")
                .valueStream()
                .map(item -> item.path("username").asText())
                .toList();
    }

    @Test
    void nobodyPutsThemselvesOut() {
        Person second = keys.somebody("admin");
        String path = "/api/users/" + second.id();
        Call[] ways = {
            world.http().patch(path).as(second).json("role", "manager"),
            world.http().patch(path).as(second).json("active", false),
            world.http().patch(path).as(second).json("membership_ends_at", "2030-01-01T00:00:00.000Z"),
            world.http().post(path + "/deactivate").as(second).json(),
            world.http().delete(path).as(second)
        };
        for (Call way : ways) {
            way.refused(409, "self");
        }
        world.http()
                .patch(path)
                .as(second)
                .json("role", "admin", "active", true, "display_name", "Still")
                .expect(200);
        world.http().delete(path).as(world.admin()).expect(204);
    }

    @Test
    void aDeletedPersonLeavesTheirFilesAndNothingElse() {
        Person person = keys.somebody("member");
        keys.change(person, "email", "leaver@example.org", "display_name", "Leaver Lee")
                .expect(200);
        long media = world.upload(person, "kept.txt", Sample.uniqueText());
        world.http().delete("/api/users/" + person.id()).as(world.admin()).expect(204);

        JsonNode uploader = world.http()
                .get("/api/media/" + media)
                .as(world.guest())
                .expect(200)
                .at("/uploader");
        assertThat(uploader.path("display_name").asText()).isEqualTo("former member");
        assertThat(names("limit=200")).doesNotContain(person.username());
        assertThat(names("q=leaver")).isEmpty();
        String path = "/api/users/" + person.id();
        for (String action : List.of("activate", "deactivate", "reset-password", "end-sessions", "clear-delay")) {
            assertThat(world.http()
                            .post(path + action.replaceFirst("^", "/"))
                            .as(world.admin())
                            .json()
                            .send()
                            .status())
                    .as(action)
                    .isIn(404, 409);
        }
        world.http().delete(path).as(world.admin()).expect(404);
        assertThat(world.http()
                        .patch(path)
                        .as(world.admin())
                        .json("active", true)
                        .send()
                        .status())
                .isEqualTo(404);
        // The name and the address are free again, and whoever takes them is somebody else.
        long heir = create("username", person.username(), "role", "member", "email", "leaver@example.org")
                .expect(201)
                .longAt("/id");
        assertThat(heir).isNotEqualTo(person.id());
        assertThat(world.http()
                        .get("/api/media?uploader_id=" + heir)
                        .as(world.guest())
                        .expect(200)
                        .at("/items"))
                .isEmpty();
        world.http()
                .post("/api/media")
                .as(person)
                .multipart(Multipart.file("x.txt", Sample.uniqueText()))
                .expect(401);
    }

    @Test
    void twoPeopleCanBeDeletedOneAfterTheOther() {
        for (int i = 0; i < 3; i++) {
            Person person = keys.somebody("guest");
            world.http().delete("/api/users/" + person.id()).as(world.admin()).expect(204);
        }
    }

    @Test
    void anAdminHelpsThemselvesByTheirOwnRoutesOnly() {
        keys.setPassword(world.admin(), "lanterns of the harbour").refused(409, "self");
        keys.order(world.admin(), "reset-second-factor").refused(409, "self");
        keys.me(world.admin().token()).expect(200);
    }
}
