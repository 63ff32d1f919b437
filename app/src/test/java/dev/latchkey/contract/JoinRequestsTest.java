package dev.latchkey.contract;

import static dev.latchkey.harness.Scenario.when;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.harness.Call;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.Scenario;
import dev.latchkey.harness.World;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JoinRequestsTest {
    private World world;

    @BeforeAll
    void start() {
        world = World.start();
    }

    @AfterAll
    void stop() {
        world.close();
    }

    private Call ask(String token, String username, Object... more) {
        Object[] fields = new Object[6 + more.length];
        Object[] first = {"invite_token", token, "username", username, "password", World.PASSWORD};
        System.arraycopy(first, 0, fields, 0, 6);
        System.arraycopy(more, 0, fields, 6, more.length);
        return world.http().post("/api/auth/join-requests").json(fields);
    }

    private Call decide(Person person, long id, String decision) {
        return world.http()
                .post("/api/auth/join-requests/" + id + "/" + decision)
                .as(person)
                .json();
    }

    @Test
    void anApprovedRequestBecomesAnAccountWithTheInvitesRole() {
        Reply asked = ask(world.invite("role", "guest", "quota_bytes", 5000), "Ben", "display_name", "Ben T.")
                .expect(200);
        assertThat(asked.textAt("/status")).isEqualTo("pending");

        long id = asked.longAt("/join_request_id");
        Reply decided = decide(world.manager(), id, "approve").expect(200);

        assertThat(decided.textAt("/user/username")).isEqualTo("ben");
        assertThat(decided.textAt("/user/display_name")).isEqualTo("Ben T.");
        assertThat(decided.textAt("/user/role")).isEqualTo("guest");
        Person ben = world.signIn(new Person(decided.longAt("/user/id"), "ben", World.PASSWORD, ""));
        Reply me = world.http().get("/api/auth/me").as(ben).expect(200);
        assertThat(me.longAt("/user/quota_bytes")).isEqualTo(5000);
    }

    @Test
    void managersSeeTheRequestsThatWait() {
        long id = ask(world.invite(), "bea", "email", "bea@example.org")
                .expect(200)
                .longAt("/join_request_id");
        Reply pending = requests("pending");
        assertThat(pending.at("/items")).anySatisfy(item -> {
            assertThat(item.path("id").asLong()).isEqualTo(id);
            assertThat(item.path("username").asText()).isEqualTo("bea");
            assertThat(item.path("email").asText()).isEqualTo("bea@example.org");
            assertThat(item.path("status").asText()).isEqualTo("pending");
            assertThat(item.path("decided_at").isNull()).isTrue();
            assertThat(item.path("invite_id").asLong()).isPositive();
        });
        assertThat(pending.text()).doesNotContain("hmac-sha384", "password");

        decide(world.manager(), id, "reject").expect(200);
        assertThat(requests("pending").at("/items"))
                .noneMatch(item -> item.path("id").asLong() == id);
        assertThat(requests("rejected").at("/items")).anySatisfy(item -> {
            assertThat(item.path("id").asLong()).isEqualTo(id);
            assertThat(item.path("decided_at").asText()).isNotEmpty();
            assertThat(item.path("decided_by").isNull()).isFalse();
        });
    }

    private Reply requests(String status) {
        return world.http()
                .get("/api/auth/join-requests?limit=200&status=" + status)
                .as(world.manager())
                .expect(200);
    }

    @Test
    void unknownUsedAndExpiredInvitesLookAlike() {
        String used = world.invite();
        ask(used, "cal").expect(200);
        String expired = world.invite("ttl_hours", 1);
        world.clock().advance(Duration.ofHours(2));

        Reply unknown = ask("lki_" + "A".repeat(43), "cy").refused(400, "invite_invalid");
        for (String token : List.of(used, expired, "", "hello", "lks_" + "A".repeat(43))) {
            Reply reply = ask(token, "cy").send();
            if (!token.isEmpty()) {
                assertThat(withoutRequestId(reply)).isEqualTo(withoutRequestId(unknown));
            }
            assertThat(reply.status()).isIn(400, 422);
        }
    }

    private static ObjectNode withoutRequestId(Reply reply) {
        return (ObjectNode) ((ObjectNode) reply.json()).without("request_id");
    }

    @Test
    void anInviteWorksUntilItExpires() {
        String token = world.invite("ttl_hours", 3);
        world.clock().advance(Duration.ofMinutes(179));
        ask(token, "cleo").expect(200);
    }

    @Test
    void anInviteForOneAddressServesNobodyElse() {
        String token = world.invite("email", "Dora@Example.org");
        ask(token, "dan", "email", "dan@example.org").refused(400, "invite_email_mismatch");
        ask(token, "dora", "email", "dora@example.ORG").expect(200);
    }

    @TestFactory
    List<DynamicTest> aRefusedRequestLeavesTheInviteAsItWas() {
        String token = world.invite();
        ask(world.invite(), "emil").expect(200);
        return Scenario.table(
                when("a name somebody has", ask(token, "mel")).problem(409, "username_taken"),
                when("a name somebody has, in capitals", ask(token, "MEL")).problem(409, "username_taken"),
                when("a name somebody waits for", ask(token, "Emil")).problem(409, "username_taken"),
                when("a bad name", ask(token, "no one")).invalid("username"),
                when("a bad address", ask(token, "ed", "email", "@")).invalid("email"),
                when(
                                "a common password",
                                world.http()
                                        .post("/api/auth/join-requests")
                                        .json("invite_token", token, "username", "ed", "password", "password1"))
                        .problem(422, "password_refused"),
                when(
                                "no password",
                                world.http()
                                        .post("/api/auth/join-requests")
                                        .json("invite_token", token, "username", "ed"))
                        .invalid("password"),
                when("malformed", world.http().post("/api/auth/join-requests").text("application/json", "{"))
                        .problem(400, "malformed"),
                when("and then a good one", ask(token, "ed")).status(200));
    }

    @TestFactory
    List<DynamicTest> anAddressThatIsTakenIsRefused() {
        String token = world.invite();
        ask(world.invite(), "fred", "email", "fred@example.org").expect(200);
        return Scenario.table(
                when("an address somebody waits with", ask(token, "fay", "email", "FRED@example.org"))
                        .problem(409, "email_taken"),
                when("another one", ask(token, "fay", "email", "fay@example.org"))
                        .status(200));
    }

    @Test
    void aRejectedNameIsFreeAgain() {
        long id = world.ask("gil", "member");
        Reply rejected = decide(world.admin(), id, "reject").expect(200);
        assertThat(rejected.textAt("/message")).isEqualTo("Join request rejected");
        world.http()
                .post("/api/auth/login")
                .json("username", "gil", "password", World.PASSWORD)
                .expect(401);
        assertThat(world.join("gil", "guest").id()).isPositive();
    }

    @TestFactory
    List<DynamicTest> aRequestIsDecidedOnce() {
        long approved = world.ask("hal", "member");
        long rejected = world.ask("hugo", "member");
        decide(world.admin(), approved, "approve").expect(200);
        decide(world.admin(), rejected, "reject").expect(200);
        return Scenario.table(
                when("approve twice", decide(world.manager(), approved, "approve"))
                        .problem(409, "already_decided"),
                when("reject after approval", decide(world.manager(), approved, "reject"))
                        .problem(409, "already_decided"),
                when("approve after rejection", decide(world.manager(), rejected, "approve"))
                        .problem(409, "already_decided"),
                when("an unknown one", decide(world.manager(), 99_999_999, "approve"))
                        .status(404),
                when(
                                "no number",
                                world.http()
                                        .post("/api/auth/join-requests/abc/approve")
                                        .as(world.manager())
                                        .json())
                        .status(400, 404),
                when(
                                "a bad status",
                                world.http()
                                        .get("/api/auth/join-requests?status=maybe")
                                        .as(world.manager()))
                        .status(400, 422),
                when("by a member", decide(world.member(), approved, "approve")).status(403));
    }

    @Test
    void aRequestOutlivesItsInvite() {
        Reply invite = world.http()
                .post("/api/auth/invites")
                .as(world.admin())
                .json("role", "guest")
                .expect(200);
        long request = ask(invite.textAt("/invite_token"), "ida").expect(200).longAt("/join_request_id");
        world.http()
                .delete("/api/auth/invites/" + invite.longAt("/id"))
                .as(world.admin())
                .expect(204);
        assertThat(decide(world.admin(), request, "approve").expect(200).textAt("/user/role"))
                .isEqualTo("guest");
    }
}
