package dev.latchkey.contract;

import static dev.latchkey.harness.Scenario.when;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Call;
import dev.latchkey.harness.Keyring;
import dev.latchkey.harness.Letterbox;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.Race;
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
class PasswordChangeTest {
    private static final String NEW = "seven copper kettles";

    private World world;
    private Keyring keys;

    @BeforeAll
    void start() {
        world = World.start(Letterbox.NO_MAIL_SERVER);
        keys = new Keyring(world);
    }

    @AfterAll
    void stop() {
        world.close();
    }

    private Call change(Person person, String current, String wanted) {
        return world.http()
                .post("/api/auth/password/change")
                .as(person)
                .json("current_password", current, "new_password", wanted);
    }

    private Reply me(Person person) {
        return world.http().get("/api/auth/me").as(person).send();
    }

    @Test
    void onlyTheSignInThatAsksGoesOn() {
        Person here = keys.somebody("member");
        Person elsewhere = world.signIn(here);
        String link = keys.resetToken(here);
        me(here).expect(200); // both are in the cache
        me(elsewhere).expect(200);

        change(here, World.PASSWORD, NEW).expect(200);

        me(here).expect(200);
        me(elsewhere).refused(401, "invalid_token");
        assertThat(keys.isGood(link)).isFalse();
        assertThat(world.http()
                        .get("/api/auth/sessions")
                        .as(here)
                        .expect(200)
                        .at("/items")
                        .size())
                .isEqualTo(1);
        keys.logIn(here.username(), World.PASSWORD).refused(401, "invalid_credentials");
        keys.logIn(here.username(), NEW).expect(200);
        world.server().restart();
        me(here).expect(200);
        me(elsewhere).refused(401, "invalid_token");
    }

    @Test
    void itCanBeChangedAgainAndAgainFromTheSameSession() {
        Person person = keys.somebody("guest");
        change(person, World.PASSWORD, NEW).expect(200);
        change(person, NEW, World.PASSWORD).expect(200);
        change(person, World.PASSWORD, NEW).expect(200);
        me(person).expect(200);
    }

    @Test
    void whoMustChangeItMayDoNothingElseFirst() {
        Person person = keys.somebodyWhoMustChange("member");
        assertThat(me(person).expect(200).at("/user/password_change_required").asBoolean())
                .isTrue();
        world.http().get("/api/media").as(person).refused(403, "password_change_required");

        change(person, person.password(), NEW).expect(200);

        world.http().get("/api/media").as(person).expect(200);
        assertThat(me(person).expect(200).at("/user/password_change_required").asBoolean())
                .isFalse();
        assertThat(keys.logIn(person.username(), NEW)
                        .expect(200)
                        .at("/password_change_required")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void thePersonIsToldByMailAndItIsAudited() {
        Person person = keys.somebody("guest");
        String address = person.username() + "@example.org";
        world.http()
                .patch("/api/auth/me")
                .as(person)
                .json("email", address, "current_password", World.PASSWORD)
                .expect(200);
        change(person, World.PASSWORD, NEW).expect(200);

        assertThat(new Letterbox(world.server()).last(address).body()).contains("Your password was changed.");
        Reply audit = world.http()
                .get("/api/audit?action=password.change&actor_id=" + person.id())
                .as(world.admin())
                .expect(200);
        assertThat(audit.at("/items").size()).isEqualTo(1);
        assertThat(audit.longAt("/items/0/target/id")).isEqualTo(person.id());
        assertThat(audit.text()).doesNotContain(NEW, World.PASSWORD);
    }

    @Test
    void ofFiftyChangesAtOnceOneWins() {
        Person person = keys.somebody("guest");
        List<Reply> replies = Race.of(i -> change(person, World.PASSWORD, NEW + " " + i));

        assertThat(replies).filteredOn(reply -> reply.status() == 200).hasSize(1);
        assertThat(replies)
                .filteredOn(reply -> reply.status() != 200)
                .allSatisfy(reply -> reply.refused(403, "wrong_password"));
        long right = java.util.stream.IntStream.range(0, Race.THREADS)
                .filter(i -> keys.logIn(person.username(), NEW + " " + i).send().status() == 200)
                .count();
        assertThat(right).isEqualTo(1);
        me(person).expect(200);
    }

    @TestFactory
    List<DynamicTest> theContract() {
        Person person = keys.somebody("member");
        return Scenario.table(
                when("a wrong current password", change(person, "not the one", NEW))
                        .problem(403, "wrong_password"),
                when("an empty current password", change(person, "", NEW)).problem(403, "wrong_password"),
                when("no current password", change(person, null, NEW)).invalid("current_password"),
                when("no new password", change(person, World.PASSWORD, null)).invalid("new_password"),
                when(
                                "numbers",
                                world.http()
                                        .post("/api/auth/password/change")
                                        .as(person)
                                        .json("current_password", World.PASSWORD, "new_password", List.of(1)))
                        .invalid("new_password"),
                when("a short one", change(person, World.PASSWORD, "short"))
                        .problem(422, "password_refused")
                        .field("/reasons", List.of("The password needs at least 8 characters.")),
                when("a long one", change(person, World.PASSWORD, "x".repeat(129)))
                        .problem(422, "password_refused"),
                when("a common one", change(person, World.PASSWORD, "Password1"))
                        .problem(422, "password_refused")
                        .field("/reasons", List.of("This is one of the most common passwords.")),
                when("the username in it", change(person, World.PASSWORD, "x" + person.username() + "x"))
                        .problem(422, "password_refused")
                        .field("/reasons", List.of("The password must not contain the username.")),
                when("the same again", change(person, World.PASSWORD, World.PASSWORD))
                        .problem(422, "password_refused")
                        .field("/reasons", List.of("This is the password that you have now.")),
                when("the same again in other bytes", () -> {
                            String ligature = "of\uFB01ce chairs fold";
                            change(person, World.PASSWORD, ligature).expect(200);
                            return change(person, ligature, "office chairs fold")
                                    .send();
                        })
                        .problem(422, "password_refused"),
                when("nobody", world.http().post("/api/auth/password/change").json("current_password", "a"))
                        .status(401),
                when("after all this the session is good", () -> me(person)).status(200));
    }
}
