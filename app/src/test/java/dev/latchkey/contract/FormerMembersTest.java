package dev.latchkey.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.harness.Http;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.Sample;
import dev.latchkey.harness.World;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What stays of somebody who is removed, and what does not. */
class FormerMembersTest {
    private World world;
    private Http http;
    private Person leaver;

    @BeforeEach
    void start() {
        world = World.start();
        http = world.http();
        leaver = world.join("lena", "manager");
        http.patch("/api/auth/me")
                .as(leaver)
                .json("email", "lena@example.org", "current_password", World.PASSWORD, "phone", "0123456")
                .expect(200);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private void remove() {
        http.delete("/api/users/" + leaver.id()).as(world.admin()).expect(204);
    }

    @Test
    void whoIsRemovedIsNowhereToBeFound() {
        remove();

        http.get("/api/auth/me").as(leaver).refused(401, "invalid_token");
        http.post("/api/auth/login")
                .json("username", "lena", "password", World.PASSWORD)
                .refused(401, "invalid_credentials");
        String path = "/api/users/" + leaver.id();
        http.get(path).as(world.admin()).refused(404, "not_found");
        http.delete(path).as(world.admin()).refused(404, "not_found");
        http.post(path + "/activate").as(world.admin()).json().refused(404, "not_found");
        http.patch(path).as(world.admin()).json("role", "admin").refused(404, "not_found");
        for (String query :
                List.of("?limit=200", "?q=former", "?q=lena", "?active=false", "?role=guest&active=false")) {
            Reply list = http.get("/api/users" + query).as(world.admin()).expect(200);
            assertThat(list.text()).doesNotContain("former", "lena");
        }
    }

    @Test
    void whatTheyDidStaysWithoutTheirName() {
        long kept = world.upload(leaver, "kept.txt", Sample.uniqueText());
        long trashed = world.upload(leaver, "trashed.txt", Sample.uniqueText());
        http.delete("/api/media/" + trashed).as(leaver).expect(204);
        long invite =
                http.post("/api/auth/invites").as(leaver).json().expect(200).longAt("/id");
        long decided = world.ask("newbie", "guest");
        http.post("/api/auth/join-requests/" + decided + "/approve")
                .as(leaver)
                .json()
                .expect(200);

        remove();

        assertFormer(
                http.get("/api/media/" + kept).as(world.admin()).expect(200).at("/uploader"));
        assertThat(http.get("/api/media?uploader_id=" + leaver.id())
                        .as(world.guest())
                        .expect(200)
                        .at("/items"))
                .hasSize(1);
        assertFormer(http.get("/api/trash").as(world.manager()).expect(200).at("/items/0/trashed_by"));
        Reply invites = http.get("/api/auth/invites").as(world.admin()).expect(200);
        assertFormer(item(invites, invite).path("created_by"));
        Reply requests = http.get("/api/auth/join-requests").as(world.admin()).expect(200);
        assertFormer(item(requests, decided).path("decided_by"));
        assertThat(requests.text() + invites.text()).doesNotContain("lena");
        Reply audit = http.get("/api/audit?limit=200").as(world.admin()).expect(200);
        assertThat(audit.text()).contains("former member " + leaver.id()).doesNotContain("lena");
        assertThat(http.get("/api/audit?action=user.delete")
                        .as(world.admin())
                        .expect(200)
                        .longAt("/items/0/target/id"))
                .isEqualTo(leaver.id());
    }

    private void assertFormer(JsonNode person) {
        assertThat(person.path("id").asLong()).isEqualTo(leaver.id());
        assertThat(person.path("display_name").asText()).isEqualTo("former member");
    }

    private static JsonNode item(Reply list, long id) {
        for (JsonNode item : list.at("/items")) {
            if (item.path("id").asLong() == id) {
                return item;
            }
        }
        throw new AssertionError(id + " is not in " + list);
    }

    @Test
    void theNameAndTheAddressAreFreeAgain() {
        remove();

        Reply again = http.post("/api/users")
                .as(world.admin())
                .json("username", "lena", "role", "guest", "email", "lena@example.org", "password", World.PASSWORD)
                .expect(201);
        assertThat(again.longAt("/id")).isGreaterThan(leaver.id());
        http.post("/api/auth/login")
                .json("username", "lena", "password", World.PASSWORD)
                .expect(200);
    }
}
