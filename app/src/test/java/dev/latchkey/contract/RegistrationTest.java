package dev.latchkey.contract;

import static dev.latchkey.harness.Scenario.when;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Call;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.Race;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.Scenario;
import dev.latchkey.harness.TestServer;
import dev.latchkey.harness.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Accounts that people make themselves where {@code registration=invite}, which is the default. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RegistrationTest {
    private World world;

    @BeforeAll
    void start() {
        world = World.start();
    }

    @AfterAll
    void stop() {
        world.close();
    }

    private Call register(String token, String username, Object... more) {
        return registration(world, token, username, more);
    }

    private static Call registration(World world, String token, String username, Object... more) {
        Object[] fields = new Object[6 + more.length];
        Object[] first = {"invite_token", token, "username", username, "password", World.PASSWORD};
        System.arraycopy(first, 0, fields, 0, 6);
        System.arraycopy(more, 0, fields, 6, more.length);
        return world.http().post("/api/auth/register").json(fields);
    }

    private String invite(Object... more) {
        Object[] fields = new Object[2 + more.length];
        fields[0] = "auto_approve";
        fields[1] = true;
        System.arraycopy(more, 0, fields, 2, more.length);
        return world.invite(fields);
    }

    private Reply me(Reply registered) {
        return world.http()
                .get("/api/auth/me")
                .bearer(registered.textAt("/token"))
                .expect(200);
    }

    @Test
    void whoRegistersIsSignedInWithWhatTheInviteGrants() {
        String token = invite("role", "guest", "quota_bytes", 5000, "membership_days", 7, "email", "Rita@Example.org");

        Reply reply = register(token, "Rita", "display_name", "Rita R.", "email", "rita@example.org")
                .expect(201);

        Reply me = me(reply);
        assertThat(me.at("/user")).isEqualTo(reply.at("/user"));
        assertThat(me.textAt("/user/username")).isEqualTo("rita");
        assertThat(me.textAt("/user/display_name")).isEqualTo("Rita R.");
        assertThat(me.textAt("/user/email")).isEqualTo("rita@example.org");
        assertThat(me.at("/user/email_verified").asBoolean()).isFalse();
        assertThat(me.textAt("/user/role")).isEqualTo("guest");
        assertThat(me.longAt("/user/quota_bytes")).isEqualTo(5000);
        assertThat(Instant.parse(me.textAt("/user/membership_ends_at")))
                .isEqualTo(world.clock().instant().plus(Duration.ofDays(7)));
        assertThat(me.at("/user/last_login_at").isNull()).isFalse();
        assertThat(me.textAt("/credential/kind")).isEqualTo("session");
        assertThat(Instant.parse(reply.textAt("/expires_at")))
                .isEqualTo(Instant.parse(me.textAt("/credential/expires_at")));
        world.signIn(new Person(me.longAt("/user/id"), "rita@example.org", World.PASSWORD, ""));
        register(token, "ruth", "email", "rita@example.org").refused(400, "invite_invalid");
    }

    @Test
    void anInviteThatApprovesByItselfGrantsWhateverItsMakerMayGrant() {
        Reply reply = register(invite("role", "manager"), "romy").expect(201);
        assertThat(reply.textAt("/user/role")).isEqualTo("manager");
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void aBrowserGetsTheTokenAsACookieOnly() {
        Reply reply = register(invite(), "rolf", "cookie", true).expect(201);
        String cookie = reply.header("Set-Cookie").split(";")[0];
        assertThat(reply.json().has("token")).isFalse();
        world.http().get("/api/auth/me").cookie(cookie).expect(200);
    }

    @Test
    void aRegistrationIsInTheAuditLogWithWhoMadeIt() {
        Reply reply = register(invite(), "rosie").expect(201);
        Reply audit = world.http()
                .get("/api/audit?action=user.register")
                .as(world.admin())
                .expect(200);
        assertThat(audit.textAt("/items/0/actor/username")).isEqualTo("rosie");
        assertThat(audit.longAt("/items/0/target/id")).isEqualTo(reply.longAt("/user/id"));
        assertThat(audit.text()).doesNotContain("lki_", World.PASSWORD);
    }

    @TestFactory
    List<DynamicTest> aRefusedRegistrationLeavesTheInviteAsItWas() {
        String token = invite("email", "rex@example.org");
        world.ask("waiting", "member");
        return Scenario.table(
                when("another address", register(token, "rex", "email", "other@example.org"))
                        .problem(400, "invite_email_mismatch"),
                when("no address", register(token, "rex")).problem(400, "invite_email_mismatch"),
                when("a name somebody has", register(token, "MEL", "email", "rex@example.org"))
                        .problem(409, "username_taken"),
                when("a name somebody waits for", register(token, "Waiting", "email", "rex@example.org"))
                        .problem(409, "username_taken"),
                when("a bad name", register(token, "r x", "email", "rex@example.org"))
                        .invalid("username"),
                when(
                                "a common password",
                                world.http()
                                        .post("/api/auth/register")
                                        .json(
                                                "invite_token",
                                                token,
                                                "username",
                                                "rex",
                                                "password",
                                                "password1",
                                                "email",
                                                "rex@example.org"))
                        .problem(422, "password_refused"),
                when("no password", world.http().post("/api/auth/register").json("username", "rex"))
                        .invalid("password"),
                when("malformed", world.http().post("/api/auth/register").text("application/json", "["))
                        .problem(400, "malformed"),
                when("and then a good one", register(token, "rex", "email", "rex@example.org"))
                        .status(201),
                when("an address somebody has", register(invite(), "rex2", "email", "REX@example.org"))
                        .problem(409, "email_taken"));
    }

    @Test
    void withoutAnInviteThatSaysSoNobodyRegisters() {
        String asking = world.invite();
        register(null, "nils").refused(403, "registration_closed");
        register(asking, "nils").refused(403, "registration_closed");
        register("lki_" + "A".repeat(43), "nils").refused(400, "invite_invalid");
        register("", "nils").refused(400, "invite_invalid");
        world.http()
                .post("/api/auth/join-requests")
                .json("invite_token", asking, "username", "nils", "password", World.PASSWORD)
                .expect(200);
    }

    @Test
    void anInviteThatApprovesByItselfAlsoServesToAsk() {
        world.http()
                .post("/api/auth/join-requests")
                .json("invite_token", invite(), "username", "norma", "password", World.PASSWORD)
                .expect(200);
    }

    @Test
    void nobodyRegistersBeforeSetup() {
        try (TestServer local = TestServer.start()) {
            local.http()
                    .post("/api/auth/register")
                    .json("username", "eve", "password", World.PASSWORD)
                    .refused(403, "setup_required");
        }
    }

    @Test
    void anInviteUsedByFiftyAtOnceMakesOneAccount() {
        String token = invite();
        List<Reply> replies = Race.of(number -> register(token, "racer" + number));

        assertThat(replies).filteredOn(reply -> reply.status() == 201).hasSize(1);
        replies.stream().filter(reply -> reply.status() != 201).forEach(reply -> reply.refused(400, "invite_invalid"));
    }

    @Test
    void aNameWantedByFiftyAtOnceGoesToOneWhetherTheyAskOrRegister() {
        List<String> invites = Stream.generate(() -> invite("email", "one@example.org"))
                .limit(Race.THREADS)
                .toList();
        List<Reply> replies = Race.of(number -> world.http()
                .post("/api/auth/" + (number % 2 == 0 ? "register" : "join-requests"))
                .json(
                        "invite_token",
                        invites.get(number),
                        "username",
                        "onlyone" + (number % 3 == 0 ? "" : number),
                        "password",
                        World.PASSWORD,
                        "email",
                        "one@example.org"));

        assertThat(replies).filteredOn(reply -> reply.status() < 300).hasSize(1);
        replies.stream().filter(reply -> reply.status() >= 300).forEach(reply -> {
            reply.expect(409);
            assertThat(reply.code()).isIn("username_taken", "email_taken");
        });
        long used = world
                .http()
                .get("/api/auth/invites?limit=" + Race.THREADS)
                .as(world.admin())
                .expect(200)
                .at("/items")
                .findValuesAsText("state")
                .stream()
                .filter("used"::equals)
                .count();
        assertThat(used).isEqualTo(1);
    }
}
