package dev.latchkey.contract;

import static dev.latchkey.harness.Scenario.when;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Call;
import dev.latchkey.harness.Letterbox;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.Race;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.Scenario;
import dev.latchkey.harness.TestServer;
import dev.latchkey.harness.World;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmailVerificationTest {
    private World world;
    private Letterbox letters;

    @BeforeAll
    void start() {
        Map<String, String> settings = new HashMap<>(Letterbox.NO_MAIL_SERVER);
        settings.put("email.verification", "true");
        world = World.start(settings);
        letters = new Letterbox(world.server());
    }

    @AfterAll
    void stop() {
        world.close();
    }

    private Person personWithAddress(String username) {
        Person person = world.join(username, "guest");
        address(person, username + "@example.org").expect(200);
        return person;
    }

    private Call address(Person person, String address) {
        return world.http().patch("/api/auth/me").as(person).json("email", address, "current_password", World.PASSWORD);
    }

    private Call ask(Person person) {
        return world.http().post("/api/auth/email/send-verification").as(person).json();
    }

    private Call verify(Object token) {
        return world.http().post("/api/auth/email/verify").json("token", token);
    }

    private boolean isVerified(Person person) {
        Reply me = world.http().get("/api/auth/me").as(person).expect(200);
        return me.at("/user/email_verified").asBoolean();
    }

    @Test
    void aChangedAddressGetsALinkByItselfWhichVerifiesItOnce() {
        Person nils = personWithAddress("nils");
        String token = letters.last("nils@example.org").token();

        assertThat(isVerified(nils)).isFalse();
        verify(token).expect(200);
        assertThat(isVerified(nils)).isTrue();
        verify(token).refused(400, "token_invalid");
        ask(nils).refused(400, "already_verified");
    }

    @Test
    void theFirstAdminIsAskedToo() {
        Map<String, String> settings = new HashMap<>(Letterbox.NO_MAIL_SERVER);
        settings.put("email.verification", "true");
        try (TestServer fresh = TestServer.start(settings)) {
            String session = fresh.http()
                    .post("/api/auth/setup")
                    .json("username", "root", "password", World.PASSWORD, "email", "root@example.org")
                    .expect(200)
                    .textAt("/token");
            String token = new Letterbox(fresh).last("root@example.org").token();
            fresh.http().post("/api/auth/email/verify").json("token", token).expect(200);
            Reply me = fresh.http().get("/api/auth/me").bearer(session).expect(200);
            assertThat(me.at("/user/email_verified").asBoolean()).isTrue();
        }
    }

    @Test
    void aNewerLinkEndsTheOlderOne() {
        Person nora = personWithAddress("nora");
        String first = letters.last("nora@example.org").token();
        ask(nora).expect(200);
        verify(first).refused(400, "token_invalid");
        verify(letters.last("nora@example.org").token()).expect(200);
    }

    @Test
    void aLinkIsBoundToItsAddress() {
        Person otto = personWithAddress("otto");
        String old = letters.last("otto@example.org").token();
        address(otto, "otto@new.example.org").expect(200);
        verify(old).refused(400, "token_invalid");
        verify(letters.last("otto@new.example.org").token()).expect(200);
        address(otto, "otto@example.org").expect(200);
        assertThat(isVerified(otto)).isFalse();
        address(otto, null).expect(200);
        verify(letters.last("otto@example.org").token()).refused(400, "token_invalid");
        ask(otto).refused(400, "no_email");
    }

    @Test
    void aLinkWorksForADay() {
        try (World later = World.start(Map.of(
                "email.verification",
                "true",
                "smtp.host",
                "127.0.0.1",
                "smtp.port",
                "1",
                "smtp.from",
                "a@b.example"))) {
            Person pia = later.join("pia", "guest");
            later.http()
                    .patch("/api/auth/me")
                    .as(pia)
                    .json("email", "pia@example.org", "current_password", World.PASSWORD)
                    .expect(200);
            String token = new Letterbox(later.server()).last("pia@example.org").token();
            later.clock().advance(Duration.ofHours(24));
            later.http().post("/api/auth/email/verify").json("token", token).refused(400, "token_invalid");
        }
    }

    @Test
    void usedByFiftyAtOnceItWorksOnce() {
        personWithAddress("rita");
        String token = letters.last("rita@example.org").token();
        List<Reply> replies = Race.of(i -> verify(token));
        assertThat(replies).filteredOn(reply -> reply.status() == 200).hasSize(1);
        assertThat(replies)
                .filteredOn(reply -> reply.status() != 200)
                .allSatisfy(reply -> reply.refused(400, "token_invalid"));
    }

    @Test
    void aMailboxGetsThreeAnHour() {
        Map<String, String> settings = new HashMap<>(Letterbox.NO_MAIL_SERVER);
        settings.putAll(Map.of("email.verification", "true", "throttle.factor", "1"));
        try (TestServer server = TestServer.start(settings)) {
            Person ada = World.setUp(server);
            Call change = server.http()
                    .patch("/api/auth/me")
                    .as(ada)
                    .json("email", "ada@example.org", "current_password", World.PASSWORD);
            change.expect(200);
            Letterbox box = new Letterbox(server);
            for (int mails = 2; mails <= 3; mails++) {
                server.clock().advance(Duration.ofMinutes(2));
                server.http().post("/api/auth/email/send-verification").as(ada).expect(200);
                assertThat(box.to("ada@example.org")).hasSize(mails);
            }
            server.clock().advance(Duration.ofMinutes(2));
            Reply refused = server.http()
                    .post("/api/auth/email/send-verification")
                    .as(ada)
                    .refused(429, "rate_limited");
            assertThat(refused.header("Retry-After")).isEqualTo(String.valueOf(54 * 60));
            assertThat(box.to("ada@example.org")).hasSize(3);
        }
    }

    @TestFactory
    List<DynamicTest> theContract() {
        Person person = world.join("sara", "guest");
        return Scenario.table(
                when("the status", world.http().get("/api/auth/email/verification-status"))
                        .status(200)
                        .field("/enabled", true),
                when("no address", ask(person)).problem(400, "no_email"),
                when("no token", world.http().post("/api/auth/email/verify").json())
                        .invalid("token"),
                when("a token of another type", verify(7)).problem(422, "invalid_fields"),
                when("an unknown token", verify("lkx_" + "0".repeat(43))).problem(400, "token_invalid"),
                when("an empty token", verify("")).problem(400, "token_invalid"),
                when("nobody", world.http().post("/api/auth/email/send-verification"))
                        .status(401));
    }

    @Test
    void whereItIsOffNothingIsSent() {
        try (World off = World.start(Letterbox.NO_MAIL_SERVER)) {
            assertThat(off.http()
                            .get("/api/auth/email/verification-status")
                            .expect(200)
                            .at("/enabled")
                            .asBoolean())
                    .isFalse();
            off.http()
                    .patch("/api/auth/me")
                    .as(off.member())
                    .json("email", "mel@example.org", "current_password", World.PASSWORD)
                    .expect(200);
            off.http()
                    .post("/api/auth/email/send-verification")
                    .as(off.member())
                    .refused(403, "verification_disabled");
            assertThat(new Letterbox(off.server()).to("mel@example.org")).isEmpty();
        }
    }
}
