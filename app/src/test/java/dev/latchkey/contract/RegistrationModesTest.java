package dev.latchkey.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Call;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.World;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the key {@code registration} makes of the ways in. */
class RegistrationModesTest {
    private World world;

    private void start(String mode) {
        world = World.start();
        world.server().restart(Map.of("registration", mode));
        assertThat(world.http().get("/api/instance").expect(200).textAt("/registration"))
                .isEqualTo(mode);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private Call register(String token, String username) {
        return world.http()
                .post("/api/auth/register")
                .json("invite_token", token, "username", username, "password", World.PASSWORD);
    }

    private Call ask(String token, String username) {
        return world.http()
                .post("/api/auth/join-requests")
                .json("invite_token", token, "username", username, "password", World.PASSWORD);
    }

    @Test
    void closedMeansThatNobodyJoinsByThemselves() {
        world = World.start();
        String token = world.invite("auto_approve", true);
        long waiting = world.ask("wim", "guest");
        world.server().restart(Map.of("registration", "closed"));

        register(token, "ron").refused(403, "registration_closed");
        register(null, "ron").refused(403, "registration_closed");
        ask(token, "ron").refused(403, "registration_closed");
        world.http().post("/api/auth/invites").as(world.manager()).json().refused(403, "registration_closed");
        world.http().get("/api/auth/invites").as(world.manager()).expect(200);
        assertThat(world.approve(waiting).textAt("/user/username")).isEqualTo("wim");

        world.server().restart(Map.of("registration", "invite"));
        register(token, "ron").expect(201);
    }

    @Test
    void openMeansThatAnybodyBecomesAMember() {
        start("open");
        Reply reply = world.http()
                .post("/api/auth/register")
                .json("username", "olga", "password", World.PASSWORD, "role", "admin", "quota_bytes", 1)
                .expect(201);
        assertThat(reply.textAt("/user/role")).isEqualTo("member");
        assertThat(reply.at("/user/quota_bytes").isNull()).isTrue();
        assertThat(reply.at("/user/membership_ends_at").isNull()).isTrue();
        register(null, "olga").refused(409, "username_taken");
        register("lki_" + "A".repeat(43), "otto").refused(400, "invite_invalid");
        ask(world.invite(), "otto").expect(200);
    }

    @Test
    void openNeverMakesMoreThanAMemberOfAnInviteThatOnlyLetsAsk() {
        start("open");
        Reply admin = register(world.invite("role", "admin", "quota_bytes", 77), "oda")
                .expect(201);
        Reply guest = register(world.invite("role", "guest"), "ole").expect(201);
        Reply trusted = register(world.invite("role", "manager", "auto_approve", true), "ophelia")
                .expect(201);

        assertThat(admin.textAt("/user/role")).isEqualTo("member");
        assertThat(admin.longAt("/user/quota_bytes")).isEqualTo(77);
        assertThat(guest.textAt("/user/role")).isEqualTo("guest");
        assertThat(trusted.textAt("/user/role")).isEqualTo("manager");
    }
}
