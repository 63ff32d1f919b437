package dev.latchkey.contract;

import static dev.latchkey.harness.Scenario.when;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.harness.Call;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.Scenario;
import dev.latchkey.harness.World;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionsTest {
    private World world;

    @BeforeAll
    void start() {
        world = World.start();
    }

    @AfterAll
    void stop() {
        world.close();
    }

    private Call me(Person person) {
        return world.http().get("/api/auth/me").as(person);
    }

    private long sessionId(Person person) {
        return me(person).expect(200).longAt("/credential/id");
    }

    @Test
    void theListShowsOwnSessionsAndMarksTheCurrentOne() {
        Person person = world.join("sid", "member");
        String token = world.http()
                .post("/api/auth/login")
                .header("User-Agent", "tests/1")
                .json("username", "sid", "password", World.PASSWORD, "device_name", "Kitchen tablet")
                .expect(200)
                .textAt("/token");

        Reply reply = world.http().get("/api/auth/sessions").bearer(token).expect(200);

        JsonNode items = reply.at("/items");
        assertThat(items).hasSize(2);
        JsonNode current = items.get(0).path("current").asBoolean() ? items.get(0) : items.get(1);
        assertThat(current.path("kind").asText()).isEqualTo("session");
        assertThat(current.path("device_name").asText()).isEqualTo("Kitchen tablet");
        assertThat(current.path("ip").asText()).isEqualTo("127.0.0.1");
        assertThat(current.path("user_agent").asText()).isEqualTo("tests/1");
        assertThat(current.fieldNames()).toIterable().contains("id", "created_at", "last_used_at", "expires_at");
        assertThat(items).extracting(item -> item.path("current").asBoolean()).containsOnlyOnce(true);
        assertThat(reply.text()).doesNotContain("lks_", "token");
        me(person).expect(200);
    }

    @Test
    void endingASessionEndsOnlyThatOne() {
        Person phone = world.join("sue", "member");
        Person laptop = world.signIn(phone);
        world.http().delete("/api/auth/sessions/" + sessionId(laptop)).as(phone).expect(204);
        me(laptop).refused(401, "invalid_token");
        me(phone).expect(200);
    }

    @Test
    void endingTheOtherSessionsLeavesTheCurrentOne() {
        Person phone = world.join("sol", "member");
        Person laptop = world.signIn(phone);
        Person tablet = world.signIn(phone);
        world.http().delete("/api/auth/sessions").as(laptop).expect(204);
        me(laptop).expect(200);
        me(phone).expect(401);
        me(tablet).expect(401);
        me(world.member()).expect(200);
    }

    @Test
    void otherPeoplesSessionsAreNotFound() {
        long id = sessionId(world.member());
        world.http().delete("/api/auth/sessions/" + id).as(world.guest()).expect(404);
        world.http().delete("/api/auth/sessions/" + id).as(world.admin()).expect(404);
        world.http().delete("/api/auth/sessions/99999999").as(world.guest()).expect(404);
        me(world.member()).expect(200);
    }

    @Test
    void logoutEndsTheSessionAtOnceAndOverRestarts() {
        Person person = world.signIn(world.guest());
        Reply reply = world.http().post("/api/auth/logout").as(person).json().expect(200);
        assertThat(reply.textAt("/message")).isNotEmpty();
        me(person).expect(401);
        world.server().restart();
        me(person).expect(401);
        me(world.guest()).expect(200);
    }

    @Test
    void deactivationEndsEverySessionAndReactivationRevivesNone() {
        Person phone = world.join("sam", "member");
        Person laptop = world.signIn(phone);
        String path = "/api/users/" + phone.id();
        Reply off =
                world.http().post(path + "/deactivate").as(world.admin()).json().expect(200);
        assertThat(off.at("/active").asBoolean()).isFalse();
        me(phone).expect(401);
        Reply on =
                world.http().post(path + "/activate").as(world.admin()).json().expect(200);
        assertThat(on.at("/active").asBoolean()).isTrue();
        me(phone).expect(401);
        me(laptop).expect(401);
        me(world.signIn(phone)).expect(200);
    }

    @Test
    void nobodyDeactivatesThemselvesNorAnUnknownPerson() {
        world.http()
                .post("/api/users/" + world.admin().id() + "/deactivate")
                .as(world.admin())
                .json()
                .refused(409, "self");
        world.http()
                .post("/api/users/99999999/deactivate")
                .as(world.admin())
                .json()
                .expect(404);
    }

    @TestFactory
    List<DynamicTest> whatIsNoCredentialIsAnswered401WithAChallenge() {
        String bearer = "Bearer";
        return Scenario.table(
                when("nothing", world.http().get("/api/auth/me")).status(401).header("WWW-Authenticate", bearer),
                challenged("an unknown token", "Bearer lks_" + "A".repeat(43)),
                challenged("no token of ours", "Bearer hello"),
                challenged("an empty token", "Bearer "),
                challenged("another scheme", "Basic bWVsOng="),
                challenged("half a header", "lks_whatever"),
                when(
                                "a token in the address",
                                world.http()
                                        .get("/api/auth/me?access_token="
                                                + world.guest().token()))
                        .status(401)
                        .header("WWW-Authenticate", bearer));
    }

    private Scenario challenged(String name, String authorization) {
        return when(name, world.http().get("/api/auth/me").header("Authorization", authorization))
                .status(401)
                .and(reply -> assertThat(reply.header("WWW-Authenticate")).startsWith("Bearer"));
    }

    @Test
    void aDeadTokenIsCalledInvalid() {
        Reply reply =
                world.http().get("/api/auth/me").bearer("lks_" + "A".repeat(43)).expect(401);
        assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
    }
}
