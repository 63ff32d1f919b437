package dev.latchkey.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.harness.Authenticator;
import dev.latchkey.harness.Call;
import dev.latchkey.harness.Keyring;
import dev.latchkey.harness.Keyring.SecondFactor;
import dev.latchkey.harness.Keyring.Tokens;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.World;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Each change of an account leaves its row in the audit log, and a change that is refused leaves none. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecoveryAuditContractTest {
    private static final String GOOD = "another harbour 20 lanterns";

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

    private List<JsonNode> rows(String query) {
        return world.http()
                .get("/api/audit?limit=200" + query)
                .as(world.admin())
                .expect(200)
                .at("/items")
                .valueStream()
                .toList();
    }

    private List<JsonNode> traceOf(Call call, int status) {
        long last = rows("").get(0).path("id").asLong();
        call.expect(status);
        return rows("").stream().filter(row -> row.path("id").asLong() > last).toList();
    }

    /** {@code call} is answered so, and leaves one row of this action by this person. */
    private DynamicTest leaves(String action, Person actor, int status, Call call) {
        return DynamicTest.dynamicTest(action, () -> {
            List<JsonNode> rows = traceOf(call, status);
            assertThat(rows).as(rows::toString).hasSize(1);
            JsonNode row = rows.get(0);
            assertThat(row.path("action").asText()).isEqualTo(action);
            assertThat(row.at("/target/type").isTextual() || action.endsWith("failed"))
                    .as(row::toString)
                    .isTrue();
            assertThat(row.path("ip").asText()).isEqualTo("127.0.0.1");
            if (actor != null) {
                assertThat(row.at("/actor/id").asLong()).as(row::toString).isEqualTo(actor.id());
            }
        });
    }

    /** {@code call} is refused, and leaves no row but one that says so. */
    private DynamicTest leavesNothing(String name, int status, Call call) {
        return DynamicTest.dynamicTest(
                name,
                () -> assertThat(traceOf(call, status))
                        .allMatch(row -> row.path("action").asText().matches(".*(failed|refused).*"), "a failure"));
    }

    private Call order(Person person, String action, Object... body) {
        return world.http()
                .post("/api/users/" + person.id() + "/" + action)
                .as(world.admin())
                .json(body);
    }

    @TestFactory
    Stream<DynamicTest> whatAnAdminDoes() {
        Person admin = world.admin();
        Person one = keys.somebody("member");
        Person two = keys.somebody("member");
        keys.enroll(two);
        return Stream.of(
                leaves(
                        "user.create",
                        admin,
                        201,
                        world.http().post("/api/users").as(admin).json("username", "audited", "role", "guest")),
                leaves("user.update", admin, 200, keys.change(one, "role", "guest")),
                leaves("user.reset_password", admin, 200, order(one, "reset-password")),
                leaves("user.end_sessions", admin, 204, order(one, "end-sessions")),
                leaves("user.reset_second_factor", admin, 204, order(two, "reset-second-factor")),
                leaves("user.set_password", admin, 204, keys.setPassword(one, GOOD)),
                leaves("user.deactivate", admin, 200, order(one, "deactivate")),
                leaves("user.activate", admin, 200, order(one, "activate")),
                leaves(
                        "user.delete",
                        admin,
                        204,
                        world.http().delete("/api/users/" + two.id()).as(admin)));
    }

    @TestFactory
    Stream<DynamicTest> whatIsRefused() {
        Person admin = world.admin();
        Person one = keys.somebody("member");
        String path = "/api/users/" + one.id();
        return Stream.of(
                leavesNothing(
                        "a taken name",
                        409,
                        world.http().post("/api/users").as(admin).json("username", "mel", "role", "guest")),
                leavesNothing("a bad field", 422, keys.change(one, "email", "nowhere", "role", "guest")),
                leavesNothing("oneself", 409, keys.change(admin, "role", "guest")),
                leavesNothing("a bad password", 422, keys.setPassword(one, "password")),
                leavesNothing(
                        "somebody unknown",
                        404,
                        world.http().delete("/api/users/99999999").as(admin)),
                leavesNothing("not an admin", 403, world.http().delete(path).as(world.manager())),
                leavesNothing(
                        "a wrong password", 403, keys.changePassword(new Person(0, "", "wrong", one.token()), GOOD)),
                leavesNothing("a refused password", 422, keys.changePassword(one, "password")),
                leavesNothing("an unknown link", 400, keys.reset("lkx_" + "0".repeat(43), GOOD)),
                leavesNothing("an unknown refresh token", 400, keys.refresh("lkr_" + "0".repeat(43))),
                leavesNothing("an unknown token to revoke", 200, keys.revoke("lkr_" + "0".repeat(43))),
                leavesNothing(
                        "a closed registration",
                        403,
                        world.http().post("/api/auth/register").json("username", "x", "password", GOOD)));
    }

    @TestFactory
    Stream<DynamicTest> whatPeopleDo() {
        Person changer = keys.somebody("member");
        Person forgetful = keys.somebody("member");
        String link = keys.resetToken(forgetful);
        Person client = keys.somebody("member");
        Tokens ended = keys.tokens(client);
        Tokens stolen = keys.tokens(client);
        keys.refreshed(keys.refreshed(stolen));
        String invite = world.invite("auto_approve", true);
        return Stream.of(
                leaves("password.change", changer, 200, keys.changePassword(changer, GOOD)),
                leaves("password.reset", null, 200, keys.reset(link, GOOD)),
                leaves("session.login", client, 200, keys.passwordGrant(client.username(), client.password())),
                leaves("family.end", null, 200, keys.revoke(ended.refresh())),
                DynamicTest.dynamicTest("family.refresh_reuse", () -> {
                    long last = rows("").get(0).path("id").asLong();
                    assertThat(keys.refresh(stolen.refresh()).send().status()).isEqualTo(400);
                    assertThat(rows("&action=family.refresh_reuse"))
                            .filteredOn(row -> row.path("id").asLong() > last)
                            .hasSize(1);
                }),
                DynamicTest.dynamicTest("user.register", () -> {
                    Call register = world.http()
                            .post("/api/auth/register")
                            .json("invite_token", invite, "username", "registered", "password", World.PASSWORD);
                    assertThat(traceOf(register, 201))
                            .extracting(row -> row.path("action").asText())
                            .containsExactly("session.login", "user.register");
                }));
    }

    @TestFactory
    Stream<DynamicTest> whatHappensToASecondFactor() {
        Person person = keys.somebody("member");
        Authenticator app = new Authenticator(world.http()
                .post("/api/auth/totp/enroll")
                .as(person)
                .json("current_password", person.password())
                .expect(200)
                .textAt("/secret"));
        Person guarded = keys.somebody("member");
        SecondFactor factor = keys.enroll(guarded);
        String challenge = keys.challenge(guarded);
        Map<String, String> code = Map.of("now", app.codeAt(world.clock().instant()));
        return Stream.of(
                leaves(
                        "second_factor.enable",
                        person,
                        200,
                        world.http().post("/api/auth/totp/confirm").as(person).json("code", code.get("now"))),
                leaves(
                        "session.login",
                        guarded,
                        200,
                        keys.answer(challenge, factor.backupCodes().get(0))),
                leaves(
                        "second_factor.regenerate",
                        guarded,
                        200,
                        totp(guarded, "backup-codes", factor.backupCodes().get(1))),
                leavesNothing(
                        "a wrong code",
                        403,
                        totp(
                                guarded,
                                "disable",
                                factor.app().wrongCodeAt(world.clock().instant()))),
                leaves(
                        "second_factor.disable",
                        guarded,
                        200,
                        totp(
                                guarded,
                                "disable",
                                factor.app().codeAt(world.clock().instant()))));
    }

    private Call totp(Person person, String action, String code) {
        return world.http()
                .post("/api/auth/totp/" + action)
                .as(person)
                .json("current_password", person.password(), "code", code);
    }

    @TestFactory
    Stream<DynamicTest> aFailedSignInThroughAnyDoorIsARow() {
        Person person = keys.somebody("member");
        SecondFactor factor = keys.enroll(keys.somebody("member"));
        Person guarded = keys.somebody("member");
        SecondFactor theirs = keys.enroll(guarded);
        String challenge = keys.challenge(guarded);
        assertThat(factor.backupCodes()).hasSize(10);
        return Stream.of(
                leaves("session.login_failed", null, 401, keys.logIn(person.username(), "wrong")),
                leaves("session.login_failed", null, 400, keys.passwordGrant("nobody-at-all", "wrong")),
                leaves(
                        "session.login_failed",
                        null,
                        401,
                        keys.answer(
                                challenge,
                                theirs.app().wrongCodeAt(world.clock().instant()))));
    }
}
