package dev.latchkey.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Person;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.World;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An invite is worth as much as its maker: whoever left, or was given less to say, lets nobody in any more. */
class InviteMakerTest {
    private World world;
    private Person maker;
    private String asking;
    private String approving;

    @BeforeEach
    void start() {
        world = World.start();
        maker = world.join("marc", "admin");
        asking = invite("role", "manager");
        approving = invite("role", "manager", "auto_approve", true);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private String invite(Object... fields) {
        return world.http()
                .post("/api/auth/invites")
                .as(maker)
                .json(fields)
                .expect(200)
                .textAt("/invite_token");
    }

    private Reply use(String route, String token, String username) {
        return world.http()
                .post("/api/auth/" + route)
                .json("invite_token", token, "username", username, "password", World.PASSWORD)
                .send();
    }

    private void changeMaker(String change) {
        world.server().tamper("UPDATE users SET " + change + " WHERE id = " + maker.id());
    }

    private Iterable<String> states() {
        return world.http()
                .get("/api/auth/invites?limit=2")
                .as(world.admin())
                .expect(200)
                .at("/items")
                .findValuesAsText("state");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "active = 0",
                "role = 'manager'",
                "role = 'member'",
                "membership_ends_at = 1",
                "role = 'guest', active = 0, deleted_at = 1, username = 'former member 1'"
            })
    void invitesOfSomebodyWhoMayNotMakeThemAnyMoreDoNotWork(String change) {
        changeMaker(change);

        use("join-requests", asking, "jack").refused(400, "invite_invalid");
        use("join-requests", approving, "jack").refused(400, "invite_invalid");
        use("register", approving, "jack").refused(400, "invite_invalid");
        assertThat(states()).containsExactly("expired", "expired");
    }

    @Test
    void whatTheyMayStillGrantWorks() {
        String guests = invite("role", "guest");
        changeMaker("role = 'manager'");

        use("join-requests", guests, "gerd").expect(200);
        assertThat(states()).containsExactly("used", "expired");
    }

    @Test
    void somebodyWhoIsNoManagerAnyMoreLetsNobodyIn() {
        String guests = invite("role", "guest", "auto_approve", true);
        changeMaker("role = 'member'");

        use("register", guests, "gerd").refused(400, "invite_invalid");
        use("join-requests", guests, "gerd").refused(400, "invite_invalid");
    }

    @Test
    void somebodyWhoIsLetInAgainHasTheirInvitesBack() {
        String path = "/api/users/" + maker.id();
        world.http().post(path + "/deactivate").as(world.admin()).json().expect(200);
        use("register", approving, "jill").refused(400, "invite_invalid");
        world.http().post(path + "/activate").as(world.admin()).json().expect(200);
        use("register", approving, "jill").expect(201);
    }

    @Test
    void aRequestThatWasMadeBeforeIsStillDecided() {
        long id = use("join-requests", asking, "jutta").expect(200).longAt("/join_request_id");
        changeMaker("active = 0");

        assertThat(world.approve(id).textAt("/user/role")).isEqualTo("manager");
    }
}
