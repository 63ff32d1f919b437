package dev.latchkey.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.harness.Multipart;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.Race;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.Sample;
import dev.latchkey.harness.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an invite limits: how long somebody belongs here, and how much they may keep. */
class MembershipTest {
    private World world;

    @BeforeEach
    void start() {
        world = World.start();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private Person register(String username, Object... invite) {
        Object[] fields = new Object[invite.length + 2];
        System.arraycopy(invite, 0, fields, 0, invite.length);
        fields[invite.length] = "auto_approve";
        fields[invite.length + 1] = true;
        Reply reply = world.http()
                .post("/api/auth/register")
                .json("invite_token", world.invite(fields), "username", username, "password", World.PASSWORD)
                .expect(201);
        return new Person(reply.longAt("/user/id"), username, World.PASSWORD, reply.textAt("/token"));
    }

    private Reply me(Person person) {
        return world.http().get("/api/auth/me").as(person).send();
    }

    private Reply logIn(String username, String password) {
        return world.http()
                .post("/api/auth/login")
                .json("username", username, "password", password)
                .send();
    }

    @Test
    void aMembershipEndsWithTheNextRequest() {
        Person tom = register("tom", "membership_days", 2);
        Person elsewhere = world.signIn(tom);
        Instant end = world.clock().instant().plus(Duration.ofDays(2));
        assertThat(me(tom).expect(200).textAt("/user/membership_ends_at"))
                .isEqualTo(end.toString().replace("Z", ".000Z"));

        world.clock().advance(Duration.ofDays(2).minusMillis(1));
        me(tom).expect(200);
        me(elsewhere).expect(200);

        world.clock().advance(Duration.ofMillis(1));
        me(tom).refused(401, "invalid_token");
        world.http().get("/api/media").as(elsewhere).refused(401, "invalid_token");
        world.http()
                .put("/api/media/raw?filename=a.txt")
                .as(tom)
                .body(Sample.uniqueText())
                .expect(401);
        world.server().restart();
        me(tom).expect(401);
    }

    @Test
    void somebodyWhoseMembershipEndedIsToldNoMoreThanAStranger() {
        register("tim", "membership_days", 1);
        world.clock().advance(Duration.ofDays(1));

        Reply right = logIn("tim", World.PASSWORD).refused(401, "invalid_credentials");
        Reply stranger = logIn("nobody", World.PASSWORD).refused(401, "invalid_credentials");

        assertThat(withoutRequestId(right)).isEqualTo(withoutRequestId(stranger));
    }

    private static ObjectNode withoutRequestId(Reply reply) {
        return (ObjectNode) ((ObjectNode) reply.json()).without("request_id");
    }

    @Test
    void aMembershipBeginsWithTheApprovalOfARequest() {
        long id = world.http()
                .post("/api/auth/join-requests")
                .json(
                        "invite_token",
                        world.invite("membership_days", 3),
                        "username",
                        "tara",
                        "password",
                        World.PASSWORD)
                .expect(200)
                .longAt("/join_request_id");
        world.clock().advance(Duration.ofDays(10));

        Reply decided = world.approve(id);

        assertThat(Instant.parse(decided.textAt("/user/membership_ends_at")))
                .isEqualTo(world.clock().instant().plus(Duration.ofDays(3)));
    }

    @Test
    void theQuotaOfAnInviteHoldsOnBothWaysInAtTheSameMoment() {
        Person quinn = register("quinn", "quota_bytes", 1050);

        List<Reply> replies = Race.of(number -> {
            byte[] bytes = Sample.utf8(String.format("%0100d", number));
            return number % 2 == 0
                    ? world.http()
                            .put("/api/media/raw?filename=q" + number)
                            .as(quinn)
                            .body(bytes)
                    : world.http().post("/api/media").as(quinn).multipart(Multipart.file("q" + number, bytes));
        });

        assertThat(replies).filteredOn(MembershipTest::stored).hasSize(10);
        replies.stream().filter(reply -> !stored(reply)).forEach(MembershipTest::checkOverQuota);
        Reply me = me(quinn).expect(200);
        assertThat(me.longAt("/user/quota_bytes")).isEqualTo(1050);
        assertThat(me.longAt("/user/used_bytes")).isEqualTo(1000);
        Reply list = world.http()
                .get("/api/media?limit=200&uploader_id=" + quinn.id())
                .as(quinn)
                .expect(200);
        assertThat(list.at("/items")).hasSize(10);
        world.http()
                .put("/api/media/raw?filename=last.txt")
                .as(quinn)
                .body(Sample.utf8("x".repeat(50)))
                .expect(201);
        world.http()
                .put("/api/media/raw?filename=more.txt")
                .as(quinn)
                .body(Sample.utf8("y"))
                .refused(403, "quota_exceeded");
    }

    private static boolean stored(Reply reply) {
        return reply.status() == 201
                || reply.status() == 200
                        && reply.path().endsWith("/media")
                        && reply.textAt("/results/0/status").equals("stored");
    }

    private static void checkOverQuota(Reply reply) {
        if (reply.path().endsWith("/media")) {
            assertThat(reply.expect(200).textAt("/results/0/reason")).isEqualTo("quota_exceeded");
        } else {
            reply.refused(403, "quota_exceeded");
        }
    }
}
