package dev.latchkey.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Call;
import dev.latchkey.harness.Http;
import dev.latchkey.harness.MailServer;
import dev.latchkey.harness.MailServer.Received;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.World;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What docs/people.md promises to admins, where mails and delays are part of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UserHelpTest {
    private MailServer mails;
    private World world;
    private Http http;

    @BeforeAll
    void start() {
        mails = MailServer.start();
        Map<String, String> options = new HashMap<>(mails.options());
        options.put("throttle.factor", "1000"); // no budget is in the way, and delays are on
        options.put("trusted_proxies", "127.0.0.1");
        options.put("email.verification", "true");
        world = World.start(options);
        http = world.http();
    }

    @AfterAll
    void stop() {
        world.close();
        mails.close();
    }

    private Call create(Object... namesAndValues) {
        return http.post("/api/users").as(world.admin()).json(namesAndValues);
    }

    private Call choosePassword(String token) {
        return http.post("/api/auth/password/reset").json("token", token, "new_password", World.PASSWORD);
    }

    @Test
    void aNewcomerGetsOneMailWhoseLinkSetsThePasswordAndVerifiesTheAddress() {
        Reply made = create("username", "wendy", "role", "member", "email", "Wendy@example.org", "display_name", "W.")
                .expect(201);
        String handedOn = made.textAt("/setup_url").split("token=", 2)[1];

        Received welcome = mails.await("Wendy@example.org");
        assertThat(welcome.link()).startsWith(http.origin() + "/reset-password#token=");
        assertThat(welcome.text()).contains("Hello W.,");
        assertThat(welcome.secret("token"))
                .as("what the admin sees proves nothing about the mailbox")
                .isNotEqualTo(handedOn);
        choosePassword(welcome.secret("token")).expect(200);
        choosePassword(welcome.secret("token")).refused(400, "token_invalid");
        choosePassword(handedOn).refused(400, "token_invalid");
        Reply signedIn = http.post("/api/auth/login")
                .json("username", "wendy", "password", World.PASSWORD)
                .expect(200);
        assertThat(signedIn.at("/password_change_required").asBoolean()).isFalse();
        assertThat(signedIn.at("/user/email_verified").asBoolean()).isTrue();
        mails.await("Wendy@example.org", 2);
        assertThat(mails.to("Wendy@example.org"))
                .as("nobody is asked to confirm what the first link has shown")
                .noneMatch(mail -> mail.text().contains("/verify-email"));
        assertThat(http.get("/api/audit?action=email.verify")
                        .as(world.admin())
                        .expect(200)
                        .longAt("/items/0/target/id"))
                .isEqualTo(made.longAt("/id"));
    }

    @Test
    void aLinkThatTheAdminHandsOnVerifiesNoAddress() {
        Reply made = create("username", "walt", "role", "member", "email", "walt@example.org")
                .expect(201);
        String mailed = mails.await("walt@example.org").secret("token");

        choosePassword(made.textAt("/setup_url").split("token=", 2)[1]).expect(200);
        choosePassword(mailed).refused(400, "token_invalid");
        Reply signedIn = http.post("/api/auth/login")
                .json("username", "walt", "password", World.PASSWORD)
                .expect(200);
        assertThat(signedIn.at("/user/email_verified").asBoolean()).isFalse();
    }

    @Test
    void theSetupLinkDiesWithTheAccountAndWithTheAddress() {
        for (String end : new String[] {"deactivate", "email", "remove"}) {
            Reply made = create("username", "end-" + end, "role", "member", "email", end + "@example.org")
                    .expect(201);
            String mailed = mails.await(end + "@example.org").secret("token");
            String path = "/api/users/" + made.longAt("/id");
            switch (end) {
                case "deactivate" ->
                    http.post(path + "/deactivate").as(world.admin()).json().expect(200);
                case "email" ->
                    http.patch(path).as(world.admin()).json("email", null).expect(200);
                default -> http.delete(path).as(world.admin()).expect(204);
            }
            choosePassword(made.textAt("/setup_url").split("token=", 2)[1]).refused(400, "token_invalid");
            choosePassword(mailed).refused(400, "token_invalid");
        }
    }

    @Test
    void whoGetsAPasswordByAnAdminIsTold() {
        long id = create(
                        "username", "wilma", "role", "member", "email", "wilma@example.org", "password", World.PASSWORD)
                .expect(201)
                .longAt("/id");
        http.post("/api/users/" + id + "/set-password")
                .as(world.admin())
                .json("password", "teal lantern 42 ferry")
                .expect(204);

        assertThat(mails.await("wilma@example.org", 2).text()).doesNotContain("teal");
        assertThat(mails.to("wilma@example.org")).anyMatch(mail -> mail.text().contains("new password"));
    }

    @Test
    void anAdminSeesADelayAndLiftsIt() {
        Person person = world.join("wim", "member");
        String path = "/api/users/" + person.id();
        Http stranger = http.from("203.0.113.9");
        for (int i = 0; i < 10; i++) {
            stranger.post("/api/auth/login")
                    .json("username", "wim", "password", "wrong " + i)
                    .refused(401, "invalid_credentials");
        }
        Call right = stranger.post("/api/auth/login").json("username", "wim", "password", World.PASSWORD);
        right.refused(429, "rate_limited");
        Reply seen = http.get(path).as(world.admin()).expect(200);
        assertThat(Instant.parse(seen.textAt("/sign_in_delayed_until")))
                .isAfter(world.clock().instant());
        assertThat(http.get("/api/users?q=wim")
                        .as(world.admin())
                        .expect(200)
                        .at("/items/0/sign_in_delayed_until")
                        .isTextual())
                .isTrue();
        assertThat(http.get("/api/auth/me").as(person).expect(200).at("/user").has("sign_in_delayed_until"))
                .isFalse();

        http.post(path + "/clear-delay").as(world.admin()).json().expect(204);

        assertThat(http.get(path)
                        .as(world.admin())
                        .expect(200)
                        .at("/sign_in_delayed_until")
                        .isNull())
                .isTrue();
        right.expect(200);
        Reply audit =
                http.get("/api/audit?action=user.clear_delay").as(world.admin()).expect(200);
        assertThat(audit.longAt("/items/0/target/id")).isEqualTo(person.id());
        http.post(path + "/clear-delay").as(world.admin()).json().expect(204);
        assertThat(http.get("/api/audit?action=user.clear_delay")
                        .as(world.admin())
                        .expect(200)
                        .at("/items"))
                .as("nothing was to be lifted")
                .hasSize(1);
    }
}
