package dev.latchkey.contract;

import static dev.latchkey.harness.Scenario.when;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.harness.Call;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.Scenario;
import dev.latchkey.harness.World;
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
class LoginTest {
    private World world;

    @BeforeAll
    void start() {
        world = World.start();
        world.http()
                .patch("/api/auth/me")
                .as(world.member())
                .json("email", "Mel.Ody@Example.org", "current_password", World.PASSWORD)
                .expect(200);
    }

    @AfterAll
    void stop() {
        world.close();
    }

    private Call login(String username, String password) {
        return world.http().post("/api/auth/login").json("username", username, "password", password);
    }

    @TestFactory
    List<DynamicTest> peopleSignInByUsernameOrEmailInAnyCase() {
        String name = "/user/username";
        return Scenario.table(
                when("username", login("mel", World.PASSWORD)).status(200).field(name, "mel"),
                when("username in capitals", login("MEL", World.PASSWORD))
                        .status(200)
                        .field(name, "mel"),
                when("e-mail", login("Mel.Ody@Example.org", World.PASSWORD))
                        .status(200)
                        .field(name, "mel"),
                when("e-mail in small letters", login("mel.ody@example.org", World.PASSWORD))
                        .status(200)
                        .field(name, "mel"));
    }

    @Test
    void aSignInAnswersWithTheUserATokenAndItsEnd() {
        world.clock().advance(Duration.ofMinutes(5));
        Reply reply = login("mel", World.PASSWORD).expect(200);

        assertThat(reply.textAt("/token")).startsWith("lks_");
        assertThat(Instant.parse(reply.textAt("/expires_at")))
                .isEqualTo(world.clock().instant().plus(Duration.ofDays(30)));
        assertThat(reply.at("/password_change_required").asBoolean()).isFalse();
        assertThat(Instant.parse(reply.textAt("/user/last_login_at")))
                .isEqualTo(world.clock().instant());
        assertThat(reply.setCookie()).isEmpty();
        assertThat(reply.header("Cache-Control")).contains("no-store");
    }

    @Test
    void everySignInHasATokenOfItsOwn() {
        String first = login("mel", World.PASSWORD).expect(200).textAt("/token");
        String second = login("mel", World.PASSWORD).expect(200).textAt("/token");
        assertThat(first).isNotEqualTo(second).hasSizeGreaterThan(40);
    }

    @Test
    void aWrongPasswordAnUnknownAndADeactivatedPersonGetTheSameAnswer() {
        Person gone = world.join("gone", "member");
        world.http()
                .post("/api/users/" + gone.id() + "/deactivate")
                .as(world.admin())
                .json()
                .expect(200);

        Reply wrong = login("mel", "not the password").expect(401);
        Reply unknown = login("nobody", World.PASSWORD).expect(401);
        Reply deactivated = login("gone", World.PASSWORD).expect(401);

        assertThat(withoutRequestId(unknown)).isEqualTo(withoutRequestId(wrong));
        assertThat(withoutRequestId(deactivated)).isEqualTo(withoutRequestId(wrong));
        assertThat(wrong.header("WWW-Authenticate")).startsWith("Bearer");
        assertThat(unknown.headers().keySet()).isEqualTo(wrong.headers().keySet());
        assertThat(deactivated.headers().keySet()).isEqualTo(wrong.headers().keySet());
    }

    private static JsonNode withoutRequestId(Reply reply) {
        return ((ObjectNode) reply.json()).without("request_id");
    }

    @Test
    void oneWhoWaitsForApprovalLearnsItOnlyWithTheRightPassword() {
        world.ask("waiting", "member");
        login("waiting", World.PASSWORD).refused(403, "join_pending");
        Reply wrong = login("waiting", "not the password").expect(401);
        assertThat(withoutRequestId(wrong))
                .isEqualTo(withoutRequestId(login("nobody", "not the password").expect(401)));
    }

    @TestFactory
    List<DynamicTest> passwordsAreComparedAsAWhole() {
        String start = "b".repeat(80);
        long request = world.http()
                .post("/api/auth/join-requests")
                .json("invite_token", world.invite(), "username", "long", "password", start + " end 1")
                .expect(200)
                .longAt("/join_request_id");
        world.approve(request);
        return Scenario.table(
                when("the right one", login("long", start + " end 1")).status(200),
                when("another one behind byte 72", login("long", start + " end 2"))
                        .status(401),
                when("with a NUL behind it", login("long", start + " end 1\0")).status(401),
                when("its compatibility form (NFKC)", login("long", start + "\u00a0end\u00a0\u2460"))
                        .status(200));
    }

    @TestFactory
    List<DynamicTest> aSignInNeedsBothFields() {
        return Scenario.table(
                when("no username", world.http().post("/api/auth/login").json("password", "x"))
                        .invalid("username"),
                when("no password", world.http().post("/api/auth/login").json("username", "mel"))
                        .invalid("password"),
                when("control characters in the name", login("mel\r\nX: y", "x"))
                        .status(401, 422),
                when("a password of 10,000 characters", login("mel", "x".repeat(10_000)))
                        .status(401, 422),
                when(
                                "a device name with line breaks",
                                world.http()
                                        .post("/api/auth/login")
                                        .json("username", "mel", "password", World.PASSWORD, "device_name", "a\r\nb"))
                        .status(200, 422)
                        .without("\\r\\n"));
    }

    @Test
    void aStoredHashThatCannotBeReadIsAWrongPassword() {
        List<String> hashes = List.of("", "garbage", "hmac-sha384-bcrypt:$2a$10$short", "$2a$10$", "md5:abc");
        StringBuilder damage = new StringBuilder("UPDATE users SET password_hash = CASE username");
        for (int i = 0; i < hashes.size(); i++) {
            world.join("broken" + i, "guest");
            damage.append(" WHEN 'broken")
                    .append(i)
                    .append("' THEN '")
                    .append(hashes.get(i))
                    .append("'");
        }
        world.server().tamper(damage + " END WHERE username LIKE 'broken%'");
        for (int i = 0; i < hashes.size(); i++) {
            login("broken" + i, World.PASSWORD).expect(401);
        }
    }
}
