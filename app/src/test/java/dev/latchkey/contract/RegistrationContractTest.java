package dev.latchkey.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Call;
import dev.latchkey.harness.Keyring;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.Sample;
import dev.latchkey.harness.World;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Joining by oneself: open, by invite, not at all, and never as more than was meant. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RegistrationContractTest {
    private World world;
    private Keyring keys;
    private String mode = "invite";
    private int names;

    @BeforeAll
    void start() {
        world = World.start();
        keys = new Keyring(world);
    }

    @AfterAll
    void stop() {
        world.close();
    }

    private void registration(String wanted) {
        if (!mode.equals(wanted)) {
            world.server().restart(Map.of("registration", wanted));
            mode = wanted;
        }
    }

    @BeforeEach
    void byInvite() {
        registration("invite");
    }

    private Call register(Object... namesAndValues) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("username", "newcomer" + names++);
        fields.put("password", World.PASSWORD);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        Object[] flat = fields.entrySet().stream()
                .flatMap(field -> java.util.stream.Stream.of(field.getKey(), field.getValue()))
                .toArray();
        return world.http().post("/api/auth/register").json(flat);
    }

    @Test
    void openRegistrationMakesMembersAndNothingMore() {
        registration("open");
        Reply plain =
                register("role", "admin", "quota_bytes", 5, "active", true).expect(201);
        assertThat(plain.textAt("/user/role")).isEqualTo("member");
        keys.me(plain.textAt("/token")).expect(200);
        assertThat(plain.header("Cache-Control")).contains("no-store");
        for (String role : List.of("admin", "manager", "member", "guest")) {
            Reply invited = register("invite_token", world.invite("role", role, "quota_bytes", 77))
                    .expect(201);
            assertThat(invited.textAt("/user/role")).isEqualTo(role.equals("guest") ? "guest" : "member");
            assertThat(invited.longAt("/user/quota_bytes")).isEqualTo(77);
        }
        assertThat(world.http().get("/api/instance").expect(200).textAt("/registration"))
                .isEqualTo("open");
    }

    @Test
    void anInviteThatNeedsNoApprovalGivesItsRole() {
        for (String role : List.of("manager", "member", "guest")) {
            Reply reply = register("invite_token", world.invite("role", role, "auto_approve", true))
                    .expect(201);
            assertThat(reply.textAt("/user/role")).isEqualTo(role);
        }
    }

    @Test
    void withoutSuchAnInviteNobodyRegisters() {
        register().refused(403, "registration_closed");
        register("invite_token", null).refused(403, "registration_closed");
        String invite = world.invite();
        register("invite_token", invite).refused(403, "registration_closed");
        world.http()
                .post("/api/auth/join-requests")
                .json("invite_token", invite, "username", "stillgood", "password", World.PASSWORD)
                .expect(200);
    }

    @Test
    void aClosedHouseLetsNobodyInHoweverTheyAsk() {
        String auto = world.invite("auto_approve", true);
        String plain = world.invite();
        registration("closed");
        register().refused(403, "registration_closed");
        register("invite_token", auto).refused(403, "registration_closed");
        world.http()
                .post("/api/auth/join-requests")
                .json("invite_token", plain, "username", "late", "password", World.PASSWORD)
                .refused(403, "registration_closed");
        world.http().post("/api/auth/invites").as(world.admin()).json().refused(403, "registration_closed");
        world.http()
                .post("/api/users")
                .as(world.admin())
                .json("username", "carried", "role", "guest")
                .expect(201);
        registration("invite");
        register("invite_token", auto).expect(201);
    }

    @Test
    void aRefusedRegistrationLeavesTheInviteAsItWas() {
        String invite = world.invite("auto_approve", true, "email", "bound@example.org");
        register("invite_token", invite).refused(400, "invite_email_mismatch");
        register("invite_token", invite, "email", "other@example.org").refused(400, "invite_email_mismatch");
        register("invite_token", invite, "email", "bound@example.org", "username", "mel")
                .refused(409, "username_taken");
        register("invite_token", invite, "email", "bound@example.org", "password", "password")
                .refused(422, "password_refused");
        register("invite_token", invite, "email", "bound@example.org", "username", "a b")
                .refused(422, "invalid_fields");
        Reply reply =
                register("invite_token", invite, "email", "Bound@Example.org").expect(201);
        // Who came by a link in a letter has shown that the letter arrives, or has to show it: never by typing alone.
        register("invite_token", invite, "email", "bound@example.org").refused(400, "invite_invalid");
        assertThat(reply.textAt("/user/email")).isEqualTo("Bound@Example.org");
    }

    @Test
    void aPendingNameAndAddressAreTaken() {
        world.http()
                .post("/api/auth/join-requests")
                .json(
                        "invite_token",
                        world.invite(),
                        "username",
                        "waiting",
                        "password",
                        World.PASSWORD,
                        "email",
                        "waiting@example.org")
                .expect(200);
        registration("open");
        register("username", "Waiting").refused(409, "username_taken");
        register("email", "WAITING@example.org").refused(409, "email_taken");
    }

    @Test
    void unknownUsedExpiredAndEndedInvitesLookAlike() {
        String used = world.invite("auto_approve", true);
        register("invite_token", used).expect(201);
        String expired = world.invite("auto_approve", true, "ttl_hours", 1);
        world.clock().advance(Duration.ofHours(1));
        Reply withdrawn = world.http()
                .post("/api/auth/invites")
                .as(world.admin())
                .json("auto_approve", true)
                .expect(200);
        world.http()
                .delete("/api/auth/invites/" + withdrawn.longAt("/id"))
                .as(world.admin())
                .expect(204);
        List<String> bodies = java.util.stream.Stream.of(
                        "lki_" + "0".repeat(43), used, expired, withdrawn.textAt("/invite_token"))
                .map(token -> register("invite_token", token).refused(400, "invite_invalid"))
                .map(reply -> reply.text().replace(reply.textAt("/request_id"), ""))
                .toList();
        assertThat(bodies).allMatch(bodies.get(0)::equals);
    }

    @Test
    void anInviteDiesWithTheRightOfItsMaker() {
        Person maker = keys.somebody("manager");
        List<String> invites = List.of(inviteBy(maker), inviteBy(maker));
        keys.change(maker, "role", "member").expect(200);
        register("invite_token", invites.get(0)).refused(400, "invite_invalid");
        keys.change(maker, "role", "manager").expect(200);
        keys.order(maker, "deactivate").expect(200);
        register("invite_token", invites.get(1)).refused(400, "invite_invalid");
        world.http()
                .post("/api/auth/join-requests")
                .json("invite_token", invites.get(1), "username", "orphan", "password", World.PASSWORD)
                .refused(400, "invite_invalid");
    }

    private String inviteBy(Person maker) {
        Person again = world.signIn(maker);
        return world.http()
                .post("/api/auth/invites")
                .as(again)
                .json("auto_approve", true)
                .expect(200)
                .textAt("/invite_token");
    }

    @Test
    void aManagersInviteGrantsWhatAManagerMayGrant() {
        for (String role : List.of("manager", "admin")) {
            world.http()
                    .post("/api/auth/invites")
                    .as(world.manager())
                    .json("role", role, "auto_approve", true)
                    .refused(403, "role_too_high");
        }
    }

    @Test
    void aMembershipByDaysBeginsWithTheAccountAndEndsEverything() {
        Reply reply = register("invite_token", world.invite("auto_approve", true, "membership_days", 2))
                .expect(201);
        String token = reply.textAt("/token");
        String name = reply.textAt("/user/username");
        assertThat(reply.textAt("/user/membership_ends_at"))
                .isEqualTo(keys.me(token).expect(200).textAt("/user/membership_ends_at"));
        world.clock().advance(Duration.ofDays(2).minusSeconds(1));
        keys.me(token).expect(200);
        keys.logIn(name, World.PASSWORD).expect(200);
        world.clock().advance(Duration.ofSeconds(1));
        keys.me(token).expect(401);
        keys.logIn(name, World.PASSWORD).refused(401, "invalid_credentials");
    }

    @Test
    void aQuotaHoldsOnEveryWayIn() {
        Reply reply = register("invite_token", world.invite("auto_approve", true, "quota_bytes", 100))
                .expect(201);
        String token = reply.textAt("/token");
        world.http()
                .put("/api/media/raw?filename=a.txt")
                .bearer(token)
                .body(Sample.utf8("a".repeat(60) + names++))
                .expect(201);
        world.http()
                .put("/api/media/raw?filename=b.txt")
                .bearer(token)
                .body(Sample.utf8("b".repeat(60) + names++))
                .refused(403, "quota_exceeded");
        assertThat(world.http()
                        .post("/api/media")
                        .bearer(token)
                        .multipart(dev.latchkey.harness.Multipart.file("c.txt", Sample.utf8("c".repeat(60) + names++)))
                        .expect(200)
                        .textAt("/results/0/reason"))
                .isEqualTo("quota_exceeded");
        Reply me = keys.me(token).expect(200);
        assertThat(me.longAt("/user/quota_bytes")).isEqualTo(100);
        assertThat(me.longAt("/user/used_bytes")).isBetween(61L, 70L);
    }

    @Test
    void aRegistrationCanSetTheCookieAndThenShowsNoToken() {
        Reply reply = register("invite_token", world.invite("auto_approve", true), "cookie", true)
                .expect(201);
        assertThat(reply.json().has("token")).isFalse();
        world.http().get("/api/auth/me").cookie(reply.cookie()).expect(200);
    }
}
