package dev.latchkey.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Call;
import dev.latchkey.harness.Http;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.World;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What an admin does to a person holds from that person's next request on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UserRevocationTest {
    private static final AtomicInteger NUMBER = new AtomicInteger();

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

    private Person newcomer(String role) {
        return world.join("person" + NUMBER.incrementAndGet(), role);
    }

    private Call patch(Person person, Object... namesAndValues) {
        return http.patch("/api/users/" + person.id()).as(world.admin()).json(namesAndValues);
    }

    private Call post(Person person, String what, Object... namesAndValues) {
        return http.post("/api/users/" + person.id() + "/" + what)
                .as(world.admin())
                .json(namesAndValues);
    }

    private void assertAlive(Person person) {
        http.get("/api/auth/me").as(person).expect(200);
    }

    private void assertDead(Person person) {
        http.get("/api/auth/me").as(person).refused(401, "invalid_token");
    }

    private void assertCannotSignIn(Person person) {
        http.post("/api/auth/login")
                .json("username", person.username(), "password", World.PASSWORD)
                .refused(401, "invalid_credentials");
    }

    @Test
    void deactivationEndsSessionsAndNothingRevivesThem() {
        for (boolean byPatch : new boolean[] {true, false}) {
            Person person = newcomer("member");
            assertAlive(person);
            (byPatch ? patch(person, "active", false) : post(person, "deactivate")).expect(200);
            assertDead(person);
            assertCannotSignIn(person);
            (byPatch ? patch(person, "active", true) : post(person, "activate")).expect(200);
            assertDead(person);
            assertAlive(world.signIn(person));
        }
    }

    @Test
    void removalEndsSessions() {
        Person person = newcomer("admin");
        assertAlive(person);
        http.delete("/api/users/" + person.id()).as(world.admin()).expect(204);
        assertDead(person);
        assertCannotSignIn(person);
    }

    @Test
    void aPasswordByAnAdminEndsSessionsAndHasToBeChanged() {
        Person person = newcomer("member");
        Person elsewhere = world.signIn(person);
        post(person, "set-password", "password", "teal lantern 42 ferry").expect(204);
        assertDead(person);
        assertDead(elsewhere);
        assertCannotSignIn(person);
        var signedIn = http.post("/api/auth/login")
                .json("username", person.username(), "password", "teal lantern 42 ferry")
                .expect(200);
        assertThat(signedIn.at("/password_change_required").asBoolean()).isTrue();
        http.get("/api/media").as(person.with(signedIn.textAt("/token"))).refused(403, "password_change_required");
    }

    @Test
    void aPasswordByAnAdminHasToBeAGoodOne() {
        Person person = newcomer("member");
        post(person, "set-password", "password", "short").refused(422, "password_refused");
        post(person, "set-password", "password", person.username() + "!!").refused(422, "password_refused");
        assertThat(post(person, "set-password").refused(422, "invalid_fields").errorFields())
                .containsExactly("password");
        assertAlive(person);
    }

    @Test
    void theEndOfSessionsEndsThemAndLetsThePersonSignInAgain() {
        Person person = newcomer("member");
        Person elsewhere = world.signIn(person);
        post(person, "end-sessions").expect(204);
        assertDead(person);
        assertDead(elsewhere);
        assertAlive(world.signIn(person));
    }

    @Test
    void anotherRoleLeavesTheSessionWithOtherRights() {
        Person person = newcomer("member");
        http.get("/api/auth/invites").as(person).refused(403, "forbidden");
        patch(person, "role", "manager").expect(200);
        http.get("/api/auth/invites").as(person).expect(200);
        patch(person, "role", "guest").expect(200);
        http.get("/api/auth/invites").as(person).refused(403, "forbidden");
        http.get("/api/trash").as(person).refused(403, "forbidden");
        assertThat(http.get("/api/auth/me").as(person).expect(200).textAt("/user/role"))
                .isEqualTo("guest");
    }

    @Test
    void theEndOfAMembershipEndsSessionsAndAnExtensionRevivesNone() {
        Person person = newcomer("member");
        patch(person, "membership_ends_at", in(Duration.ofHours(1))).expect(200);
        assertAlive(person);
        world.clock().advance(Duration.ofHours(1));
        assertDead(person);
        assertCannotSignIn(person);
        patch(person, "membership_ends_at", null).expect(200);
        assertDead(person);
        assertAlive(world.signIn(person));
    }

    @Test
    void aMembershipThatEndsInThePastIsOverAtOnce() {
        Person person = newcomer("member");
        patch(person, "membership_ends_at", in(Duration.ofHours(-1))).expect(200);
        assertDead(person);
        patch(person, "membership_ends_at", in(Duration.ofHours(1))).expect(200);
        assertDead(person);
        assertAlive(world.signIn(person));
    }

    private String in(Duration time) {
        return world.clock().instant().plus(time).toString();
    }

    @Test
    void whatIsDoneIsInTheAuditLog() {
        Person person = newcomer("member");
        post(person, "set-password", "password", "teal lantern 42 ferry").expect(204);
        post(person, "end-sessions").expect(204);
        for (String action : new String[] {"user.set_password", "user.end_sessions"}) {
            var row = http.get("/api/audit?limit=1&action=" + action)
                    .as(world.admin())
                    .expect(200)
                    .at("/items/0");
            assertThat(row.at("/target/id").asLong()).isEqualTo(person.id());
            assertThat(row.at("/actor/id").asLong()).isEqualTo(world.admin().id());
            assertThat(row.toString()).doesNotContain("teal");
        }
    }
}
