package dev.latchkey.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.MailServer;
import dev.latchkey.harness.MailServer.Received;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.World;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Who hears of an invite, of a request to join and of its approval. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JoiningMailTest {
    private static final String SITE = "https://library.example.org";

    private MailServer mails;
    private World world;

    @BeforeAll
    void start() {
        mails = MailServer.start();
        Map<String, String> settings = new HashMap<>(mails.options());
        settings.put("public_url", SITE);
        world = World.start(settings);
        address(world.admin(), "ada@example.org");
        address(world.manager(), "mara@example.org");
        address(world.member(), "mel@example.org");
        address(world.guest(), "gus@example.org");
    }

    @AfterAll
    void stop() {
        world.close();
        mails.close();
    }

    private void address(Person person, String email) {
        world.http()
                .patch("/api/auth/me")
                .as(person)
                .json("email", email, "current_password", World.PASSWORD)
                .expect(200);
    }

    private long ask(String username, String displayName, String email, Object... invite) {
        return world.http()
                .post("/api/auth/join-requests")
                .json(
                        "invite_token",
                        world.invite(invite),
                        "username",
                        username,
                        "password",
                        World.PASSWORD,
                        "display_name",
                        displayName,
                        "email",
                        email)
                .expect(200)
                .longAt("/join_request_id");
    }

    @Test
    void anInviteForAnAddressIsMailedThere() {
        String token = world.invite("email", "iris@example.org");
        Received mail = mails.await("iris@example.org");
        assertThat(mail.link()).isEqualTo(SITE + "/join#invite=" + token);
        assertThat(mail.text()).contains("Ada");
    }

    @Test
    void aRequestToJoinIsMailedToThoseWhoMayDecide() {
        int admins = mails.to("ada@example.org").size();
        int managers = mails.to("mara@example.org").size();
        ask("jonas", "Jonas <b>J.</b>", null, "role", "member");
        Received mail = mails.await("mara@example.org", managers + 1);
        assertThat(mail.text()).contains("Jonas <b>J.</b>").doesNotContain("lki_");
        assertThat(mail.html()).doesNotContain("<b>J.</b>");
        assertThat(mail.link()).startsWith(SITE + "/");
        mails.await("ada@example.org", admins + 1);

        ask("jule", "Jule", null, "role", "manager");
        mails.await("ada@example.org", admins + 2);
        assertThat(mails.to("mara@example.org")).hasSize(managers + 1);
        assertThat(mails.to("mel@example.org")).isEmpty();
        assertThat(mails.to("gus@example.org")).isEmpty();
    }

    @Test
    void anApprovalIsMailedToWhomItLetsIn() {
        world.approve(ask("klara", "Klara K.", "klara@example.org"));
        Received mail = mails.await("klara@example.org");
        assertThat(mail.text()).contains("Hello,", "klara").doesNotContain("Klara K.");
        assertThat(mail.link()).isEqualTo(SITE + "/login");
    }

    @Test
    void aRefusedRequestSendsNothing() {
        int before = mails.to("mara@example.org").size();
        world.http()
                .post("/api/auth/join-requests")
                .json("invite_token", world.invite(), "username", "mel", "password", World.PASSWORD)
                .refused(409, "username_taken");
        world.invite("email", "last@example.org");
        mails.await("last@example.org"); // mails go in the order in which they were queued
        assertThat(mails.to("mara@example.org")).hasSize(before);
    }

    @Test
    void whereAddressesAreVerifiedNewcomersAreAskedAtOnce() {
        Map<String, String> settings = new HashMap<>(mails.options());
        settings.put("email.verification", "true");
        try (World verifying = World.start(settings)) {
            verifying
                    .http()
                    .post("/api/auth/register")
                    .json(
                            "invite_token",
                            verifying.invite("auto_approve", true),
                            "username",
                            "lena",
                            "password",
                            World.PASSWORD,
                            "display_name",
                            "Cheap pills at evil.example",
                            "email",
                            "lena@example.org")
                    .expect(201);
            Received mail = mails.await("lena@example.org");
            assertThat(mail.text() + mail.html() + mail.subject())
                    .as("a stranger's mailbox is no place for what somebody typed")
                    .contains("Hello,")
                    .doesNotContain("evil.example");
            verifying
                    .http()
                    .post("/api/auth/email/verify")
                    .json("token", mail.secret("token"))
                    .expect(200);
        }
    }
}
