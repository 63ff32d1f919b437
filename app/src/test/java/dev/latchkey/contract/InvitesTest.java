package dev.latchkey.contract;

import static dev.latchkey.harness.Scenario.when;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.harness.Call;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.Scenario;
import dev.latchkey.harness.World;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InvitesTest {
    private World world;

    @BeforeAll
    void start() {
        world = World.start();
    }

    @AfterAll
    void stop() {
        world.close();
    }

    private Call invite(Person person, Object... namesAndValues) {
        return world.http().post("/api/auth/invites").as(person).json(namesAndValues);
    }

    private JsonNode listed(long id) {
        for (JsonNode item : world.http()
                .get("/api/auth/invites?limit=200")
                .as(world.admin())
                .expect(200)
                .at("/items")) {
            if (item.path("id").asLong() == id) {
                return item;
            }
        }
        throw new AssertionError("invite " + id + " is not listed");
    }

    @Test
    void anInviteIsShownOnceWithItsLink() {
        Reply reply =
                invite(world.manager(), "ttl_hours", 5, "note", "for the choir").expect(200);

        String token = reply.textAt("/invite_token");
        assertThat(token).startsWith("lki_");
        assertThat(reply.textAt("/url")).isEqualTo(world.http().origin() + "/join#invite=" + token);
        assertThat(Instant.parse(reply.textAt("/expires_at")))
                .isEqualTo(world.clock().instant().plus(Duration.ofHours(5)));

        JsonNode item = listed(reply.longAt("/id"));
        assertThat(item.path("state").asText()).isEqualTo("open");
        assertThat(item.path("role").asText()).isEqualTo("member");
        assertThat(item.path("note").asText()).isEqualTo("for the choir");
        assertThat(item.path("auto_approve").asBoolean()).isFalse();
        assertThat(item.toString()).doesNotContain("lki_", token.substring(4));
        assertThat(item.fieldNames())
                .toIterable()
                .contains("id", "email", "created_by", "created_at", "expires_at", "used_at");
    }

    @Test
    void withoutALifetimeAnInviteLivesAsLongAsConfigured() {
        Reply reply = invite(world.manager()).expect(200);
        assertThat(Instant.parse(reply.textAt("/expires_at")))
                .isEqualTo(world.clock().instant().plus(Duration.ofHours(72)));
    }

    @TestFactory
    List<DynamicTest> nobodyGrantsMoreThanTheyMay() {
        return Scenario.table(
                when("manager grants guest", invite(world.manager(), "role", "guest"))
                        .status(200),
                when("manager grants member", invite(world.manager(), "role", "member"))
                        .status(200),
                when("manager grants manager", invite(world.manager(), "role", "manager"))
                        .problem(403, "role_too_high"),
                when("manager grants admin", invite(world.manager(), "role", "admin"))
                        .problem(403, "role_too_high"),
                when("admin grants manager", invite(world.admin(), "role", "manager"))
                        .status(200),
                when("admin grants admin", invite(world.admin(), "role", "admin"))
                        .status(200),
                when("member invites", invite(world.member())).status(403),
                when("guest invites", invite(world.guest())).status(403),
                when("member lists", world.http().get("/api/auth/invites").as(world.member()))
                        .status(403));
    }

    @TestFactory
    List<DynamicTest> fieldsOfAnInviteAreChecked() {
        Person admin = world.admin();
        return Scenario.table(
                when("unknown role", invite(admin, "role", "owner")).invalid("role"),
                when("no hours", invite(admin, "ttl_hours", 0)).invalid("ttl_hours"),
                when("negative hours", invite(admin, "ttl_hours", -1)).invalid("ttl_hours"),
                when("hours beyond all times", invite(admin, "ttl_hours", Integer.MAX_VALUE))
                        .invalid("ttl_hours"),
                when("hours beyond a long", invite(admin, "ttl_hours", new BigInteger("9".repeat(30))))
                        .status(400, 422),
                when("hours as text", invite(admin, "ttl_hours", "soon")).status(400, 422),
                when("no address", invite(admin, "email", "somebody")).invalid("email"),
                when("no days", invite(admin, "membership_days", 0)).invalid("membership_days"),
                when("negative quota", invite(admin, "quota_bytes", -1)).invalid("quota_bytes"),
                when("a note of 20,000 characters", invite(admin, "note", "x".repeat(20_000)))
                        .invalid("note"));
    }

    @Test
    void statesFollowTheLifeOfAnInvite() {
        Reply used = invite(world.admin()).expect(200);
        world.http()
                .post("/api/auth/join-requests")
                .json("invite_token", used.textAt("/invite_token"), "username", "una", "password", World.PASSWORD)
                .expect(200);
        assertThat(listed(used.longAt("/id")).path("state").asText()).isEqualTo("used");
        assertThat(listed(used.longAt("/id")).path("used_at").asText())
                .isEqualTo(world.clock().instant().toString().replace("Z", ".000Z"));

        Reply late = invite(world.admin(), "ttl_hours", 1).expect(200);
        world.clock().advance(Duration.ofHours(2));
        assertThat(listed(late.longAt("/id")).path("state").asText()).isEqualTo("expired");
    }

    @Test
    void aDeletedInviteIsNoLongerValid() {
        Reply reply = invite(world.admin()).expect(200);
        String path = "/api/auth/invites/" + reply.longAt("/id");
        world.http().delete(path).as(world.manager()).expect(204);
        world.http().delete(path).as(world.manager()).expect(404);
        world.http()
                .post("/api/auth/join-requests")
                .json("invite_token", reply.textAt("/invite_token"), "username", "udo", "password", World.PASSWORD)
                .refused(400, "invite_invalid");
    }
}
