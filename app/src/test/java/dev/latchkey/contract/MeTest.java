package dev.latchkey.contract;

import static dev.latchkey.harness.Scenario.when;
import static org.assertj.core.api.Assertions.assertThat;

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
class MeTest {
    private World world;

    @BeforeAll
    void start() {
        world = World.start();
    }

    @AfterAll
    void stop() {
        world.close();
    }

    private Call change(Person person, Object... namesAndValues) {
        return world.http().patch("/api/auth/me").as(person).json(namesAndValues);
    }

    private Reply me(Person person) {
        return world.http().get("/api/auth/me").as(person).expect(200);
    }

    @Test
    void meShowsThePersonAndTheCredential() {
        Reply reply = me(world.member());

        assertThat(reply.at("/user").fieldNames())
                .toIterable()
                .contains(
                        "id",
                        "username",
                        "display_name",
                        "email",
                        "email_verified",
                        "role",
                        "active",
                        "created_at",
                        "last_login_at",
                        "quota_bytes",
                        "used_bytes",
                        "membership_ends_at",
                        "second_factor",
                        "password_change_required");
        assertThat(reply.textAt("/user/role")).isEqualTo("member");
        assertThat(reply.textAt("/credential/kind")).isEqualTo("session");
        assertThat(reply.longAt("/credential/id")).isPositive();
        assertThat(reply.at("/credential").fieldNames()).toIterable().contains("name", "scopes", "expires_at");
        assertThat(reply.text())
                .doesNotContain("password_hash", "hmac-sha384", world.member().token());
    }

    @Test
    void anAbsentFieldLeavesThingsAsTheyAreAndNullClears() {
        Person person = world.join("nils", "guest");
        change(person, "display_name", "Nils H.", "email", "nils@example.org", "current_password", World.PASSWORD)
                .expect(200);
        change(person, "phone", "+47 22 00 00 00", "job_title", "Skipper", "timezone", "Europe/Oslo")
                .expect(200);
        assertThat(me(person).textAt("/user/display_name")).isEqualTo("Nils H.");
        assertThat(me(person).textAt("/user/email")).isEqualTo("nils@example.org");
        assertThat(me(person).at("/user/email_verified").asBoolean()).isFalse();
        change(person, "email", null, "current_password", World.PASSWORD).expect(200);
        assertThat(me(person).at("/user/email").isNull()).isTrue();
    }

    @TestFactory
    List<DynamicTest> aNewEmailAddressNeedsThePasswordAndIsNobodyElses() {
        Person person = world.join("nora", "member");
        change(world.member(), "email", "mel@example.org", "current_password", World.PASSWORD)
                .expect(200);
        return Scenario.table(
                when("a wrong password", change(person, "email", "n@example.org", "current_password", "wrong one"))
                        .problem(403, "wrong_password"),
                when("no password", change(person, "email", "n@example.org")).status(403, 422),
                when(
                                "somebody's address",
                                change(person, "email", "MEL@example.ORG", "current_password", World.PASSWORD))
                        .problem(409, "email_taken"),
                when("no address", change(person, "email", "nora", "current_password", World.PASSWORD))
                        .invalid("email"),
                when("the refusals changed nothing", () -> me(person)).field("/user/email", null));
    }

    @TestFactory
    List<DynamicTest> fieldsOfAProfileAreChecked() {
        Person person = world.join("nemo", "member");
        return Scenario.table(
                when("a display name with a line break", change(person, "display_name", "A\nB"))
                        .invalid("display_name"),
                when("a display name of 10,000 characters", change(person, "display_name", "x".repeat(10_000)))
                        .invalid("display_name"),
                when("a time zone that does not exist", change(person, "timezone", "Mars/Olympus"))
                        .invalid("timezone"),
                when("a field that is not one's to change", change(person, "role", "admin", "active", false))
                        .status(200),
                when("it is ignored", () -> me(person))
                        .field("/user/role", "member")
                        .field("/user/active", true));
    }
}
