package dev.latchkey.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Call;
import dev.latchkey.harness.Keyring;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.World;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Every door through which a new password comes in asks the same of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PasswordChangeContractTest {
    private static final String GOOD = "another harbour 20 lanterns";

    private World world;
    private Keyring keys;

    @BeforeAll
    void start() {
        world = World.start(Map.of("instance_name", "Larkspur Lane"));
        keys = new Keyring(world);
    }

    @AfterAll
    void stop() {
        world.close();
    }

    @TestFactory
    Stream<DynamicTest> aBadPasswordIsRefusedAtEveryDoor() {
        Person person = keys.somebody("member");
        keys.change(person, "email", "quentin.fisher@example.org").expect(200);
        return Stream.of(
                        "",
                        "1234567",
                        "password",
                        "PASSWORD",
                        "ｐａｓｓｗｏｒｄ",
                        "x".repeat(129),
                        person.username(),
                        "my" + person.username() + "!",
                        "Quentin.Fisher77",
                        "larkspur lane",
                        "my LARKSPUR LANE 2026",
                        "\ud83d\ude00".repeat(7))
                .map(password -> DynamicTest.dynamicTest("»" + password + "«", () -> {
                    refused(keys.changePassword(person, password), password);
                    refused(keys.setPassword(person, password), password);
                    refused(keys.reset(keys.resetToken(person), password), password);
                    Reply check = world.http()
                            .post("/api/auth/password/check")
                            .json("password", password, "username", person.username())
                            .send();
                    if (check.status() == 200 && !password.contains("uentin")) {
                        assertThat(check.at("/acceptable").asBoolean()).isFalse();
                        assertThat(check.at("/reasons")).isNotEmpty();
                    }
                    keys.me(person.token()).expect(200);
                }));
    }

    /** An empty one may also count as a missing field. */
    private static void refused(Call call, String password) {
        Reply reply = call.send();
        reply.expect(422);
        if (!password.isEmpty()) {
            assertThat(reply.code()).isEqualTo("password_refused");
            assertThat(reply.at("/reasons")).isNotEmpty();
        }
    }

    @TestFactory
    Stream<DynamicTest> aGoodPasswordIsTakenAsItIs() {
        return Stream.of(
                        "x1y2z3 q",
                        " leading and trailing blanks ",
                        "\u00fcberm\u00e4\u00dfig lang",
                        "e\u0301t\u00e9 \u2014 \u590f\u5929\u7684\u6d77",
                        "\ud83d\ude00".repeat(8),
                        "v".repeat(60) + " \u00e9".repeat(34))
                .map(password -> DynamicTest.dynamicTest(password, () -> {
                    Person person = keys.somebody("member");
                    keys.changePassword(person, password).expect(200);
                    keys.logIn(person.username(), password).expect(200);
                    keys.logIn(person.username(), password.strip() + "x").expect(401);
                    keys.logIn(person.username(), person.password()).expect(401);
                }));
    }

    @Test
    void aRefusedResetLeavesTheLinkAsItWas() {
        Person person = keys.somebody("member");
        String link = keys.resetToken(person);
        keys.reset(link, "password").refused(422, "password_refused");
        world.http().post("/api/auth/password/reset").json("token", link).expect(422);
        assertThat(keys.isGood(link)).isTrue();
        keys.reset(link, GOOD).expect(200);
        keys.reset(link, GOOD + " 2").refused(400, "token_invalid");
        keys.logIn(person.username(), GOOD).expect(200);
    }

    @Test
    void aLookAtALinkDoesNotUseItUp() {
        String link = keys.resetToken(keys.somebody("member"));
        for (int i = 0; i < 10; i++) {
            assertThat(keys.isGood(link)).isTrue();
        }
        keys.reset(link, GOOD).expect(200);
        assertThat(keys.isGood(link)).isFalse();
    }

    @Test
    void aResetEndsTheForcedChangeAndSignsNobodyIn() {
        Person person = keys.somebodyWhoMustChange("member");
        Reply reply = keys.reset(keys.resetToken(person), GOOD).expect(200);
        assertThat(reply.setCookie()).isEmpty();
        assertThat(reply.text()).doesNotContain("lks_", "token");
        Reply signedIn = keys.logIn(person.username(), GOOD).expect(200);
        assertThat(signedIn.at("/password_change_required").asBoolean()).isFalse();
    }

    @Test
    void aForcedChangeLetsThroughTheChangeMeAndLogoutOnly() {
        Person person = keys.somebodyWhoMustChange("admin");
        world.http().get("/api/auth/me").as(person).expect(200);
        for (String path : List.of("/api/media", "/api/auth/sessions", "/api/users", "/api/audit")) {
            world.http().get(path).as(person).refused(403, "password_change_required");
        }
        world.http()
                .patch("/api/auth/me")
                .as(person)
                .json("display_name", "X")
                .refused(403, "password_change_required");
        world.http()
                .post("/api/auth/totp/enroll")
                .as(person)
                .json("current_password", person.password())
                .refused(403, "password_change_required");
        keys.changePassword(new Person(person.id(), person.username(), "wrong one", person.token()), GOOD)
                .refused(403, "wrong_password");
        keys.changePassword(person, GOOD).expect(200);
        world.http().get("/api/users").as(person).expect(200);
    }

    @Test
    void aForcedChangeCanBeLeftByLogout() {
        Person person = keys.somebodyWhoMustChange("member");
        world.http().post("/api/auth/logout").as(person).json().expect(200);
        keys.me(person.token()).expect(401);
    }

    @Test
    void aPasswordIsTheSameInEveryFormOfUnicode() {
        Person person = keys.somebody("member");
        keys.changePassword(person, "caf\u00e9 am hafen").expect(200);
        Reply again = keys.logIn(person.username(), "cafe\u0301 am hafen").expect(200);
        Person renewed = new Person(person.id(), person.username(), "cafe\u0301 am hafen", again.textAt("/token"));
        keys.changePassword(renewed, GOOD).expect(200);
    }
}
