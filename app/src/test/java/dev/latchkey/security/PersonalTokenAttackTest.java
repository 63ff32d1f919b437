package dev.latchkey.security;

import static dev.latchkey.harness.Scenario.when;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Call;
import dev.latchkey.harness.Http;
import dev.latchkey.harness.Keyring;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.RawHttp;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.Scenario;
import dev.latchkey.harness.World;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Somebody has copied a personal access token of an admin, with every scope, and wants more than that. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PersonalTokenAttackTest {
    private World world;
    private Http http;
    private Keyring keys;
    private Person owner;
    private String stolen;

    @BeforeAll
    void start() {
        world = World.start();
        http = world.http();
        keys = new Keyring(world);
        owner = keys.somebody("admin");
        stolen = keys.personalToken(
                owner, "library:read", "library:write", "users:read", "users:write", "audit:read", "profile:read");
    }

    @AfterAll
    void stop() {
        world.close();
    }

    private Scenario closed(String name, Call call) {
        return when(name, call.bearer(stolen)).problem(403, "session_required");
    }

    @TestFactory
    List<DynamicTest> itManagesNothingOfItsOwnersAccount() {
        long own = keys.idOf(stolen);
        long session = keys.idOf(owner.token());
        return Scenario.table(
                closed("make a token", http.post("/api/auth/tokens").json("name", "More", "expires_in_days", null)),
                closed("list tokens", http.get("/api/auth/tokens")),
                closed("look at itself", http.get("/api/auth/tokens/" + own)),
                closed("revoke itself", http.delete("/api/auth/tokens/" + own)),
                closed("list everybody's tokens", http.get("/api/auth/admin/tokens")),
                closed("revoke anybody's token", http.delete("/api/auth/admin/tokens/" + own)),
                closed("list sessions", http.get("/api/auth/sessions")),
                closed("end a session", http.delete("/api/auth/sessions/" + session)),
                closed("end all sessions", http.delete("/api/auth/sessions")),
                closed(
                        "change the password",
                        http.post("/api/auth/password/change")
                                .json("current_password", World.PASSWORD, "new_password", "another 20 lanterns")),
                closed(
                        "change the e-mail address",
                        http.patch("/api/auth/me")
                                .json("email", "eve@example.org", "current_password", World.PASSWORD)),
                closed("enroll", http.post("/api/auth/totp/enroll").json("current_password", World.PASSWORD)),
                closed("disable", http.post("/api/auth/totp/disable").json("current_password", World.PASSWORD)),
                closed("backup codes", http.post("/api/auth/totp/backup-codes").json()));
    }

    @TestFactory
    List<DynamicTest> itLetsNobodyElseInEither() {
        long asked = world.ask("eve", "admin");
        String other = "/api/users/" + world.member().id();
        return Scenario.table(
                closed("invite", http.post("/api/auth/invites").json("role", "admin")),
                closed("list invites", http.get("/api/auth/invites")),
                closed("list requests", http.get("/api/auth/join-requests")),
                closed(
                        "approve",
                        http.post("/api/auth/join-requests/" + asked + "/approve")
                                .json()),
                closed("reset link", http.post(other + "/reset-password").json()),
                closed("set a password", http.post(other + "/set-password").json("password", World.PASSWORD)),
                closed(
                        "reset a factor",
                        http.post(other + "/reset-second-factor").json()),
                closed("end sign-ins", http.post(other + "/end-sessions").json()),
                closed("read mails", http.get("/api/mail")));
    }

    @Test
    void itCannotBeTurnedIntoASignIn() {
        http.post("/api/auth/token")
                .form("grant_type", "refresh_token", "refresh_token", stolen)
                .expect(400);
        http.post("/api/auth/login")
                .json("username", owner.username(), "password", stolen)
                .refused(401, "invalid_credentials");
        http.post("/api/auth/password/reset")
                .json("token", stolen, "new_password", "another 20 lanterns")
                .refused(400, "token_invalid");
        http.post("/api/auth/logout").bearer(stolen).json().refused(403, "insufficient_scope");
        keys.me(stolen).expect(200);
    }

    @Test
    void whoHoldsItCannotEndItBySomeOtherRoad() {
        keys.revoke(stolen).expect(200);
        keys.me(stolen).expect(200);
        http.post("/api/auth/logout")
                .as(world.signIn(world.guest()))
                .json("refresh_token", stolen)
                .expect(200);
        keys.me(stolen).expect(200);
    }

    @Test
    void aTokenMayNotBeSentInTheAddressOrByAnotherScheme() {
        http.get("/api/auth/me?access_token=" + stolen).refused(401, "unauthenticated");
        http.get("/api/auth/me").header("Authorization", "Basic " + stolen).refused(401, "unauthenticated");
        http.get("/api/auth/me").header("Authorization", stolen).refused(401, "unauthenticated");
    }

    @Test
    void aConnectionThatHasSeenItDoesNotTakeItInOtherLetters() {
        Person person = keys.somebody("member");
        for (String token : List.of(stolen, person.token(), keys.tokens(person).access())) {
            try (RawHttp raw = world.server().raw()) {
                for (int i = 0; i < 3; i++) {
                    me(raw, token).expect(200);
                }
                me(raw, token.toUpperCase(Locale.ROOT)).refused(401, "invalid_token");
                me(raw, token).expect(200);
            }
        }
    }

    @Test
    void ofTwoCredentialsInOneRequestNoneCounts() {
        try (RawHttp raw = world.server().raw()) {
            for (String other : List.of("Bearer x", "Basic x", "Bearer " + stolen)) {
                raw.exchange(
                                "GET /api/auth/me HTTP/1.1",
                                "Host: localhost",
                                "Authorization: Bearer " + stolen,
                                "Authorization: " + other)
                        .refused(400, "malformed");
            }
            me(raw, stolen).expect(200);
        }
    }

    private static Reply me(RawHttp raw, String token) {
        return raw.exchange("GET /api/auth/me HTTP/1.1", "Host: localhost", "Authorization: Bearer " + token);
    }

    @Test
    void aHigherRoleIsNotKeptByATokenThatWasMadeWithIt() {
        Person falling = keys.somebody("admin");
        String token = keys.personalToken(falling, "users:read", "library:write", "library:read");
        http.get("/api/users").bearer(token).expect(200);
        keys.change(falling, "role", "guest").expect(200);
        http.get("/api/users").bearer(token).refused(403, "forbidden");
        http.put("/api/media/raw?filename=a.txt")
                .bearer(token)
                .body(new byte[] {1})
                .refused(403, "forbidden");
        http.get("/api/media").bearer(token).expect(200);
    }

    @Test
    void aTokenEndsWithTheMembershipAndDoesNotComeBackWithIt() {
        Person leaving = keys.somebody("member");
        String token = keys.personalToken(leaving);
        String end = world.clock().instant().plusSeconds(60).toString();
        keys.change(leaving, "membership_ends_at", end).expect(200);
        keys.me(token).expect(200);
        world.clock().advance(Duration.ofSeconds(61));
        keys.me(token).refused(401, "invalid_token");
        keys.change(leaving, "membership_ends_at", null).expect(200);
        keys.me(token).refused(401, "invalid_token");
    }

    @Test
    void aNewPasswordLeavesTokensAlone() {
        Person person = keys.somebody("member");
        String token = keys.personalToken(person);
        keys.me(token).expect(200);
        keys.changePassword(person, "another 20 lanterns").expect(200);
        keys.me(token).expect(200);
        keys.order(person, "end-sessions").expect(204);
        keys.me(token).expect(200);
        assertThat(http.get("/api/auth/me").as(person).send().status()).isEqualTo(401);
    }
}
