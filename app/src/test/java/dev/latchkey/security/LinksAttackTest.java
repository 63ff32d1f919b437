package dev.latchkey.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Http;
import dev.latchkey.harness.LogLines;
import dev.latchkey.harness.MailServer;
import dev.latchkey.harness.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A link in a mail or an answer leads to our own site, whatever the request that caused it says. */
class LinksAttackTest {
    private static final String EVIL = "evil.example.com";

    private static World world(MailServer mails, Map<String, String> options) {
        Map<String, String> all = new HashMap<>(mails.options());
        all.put("email.verification", "true");
        all.put("registration", "open");
        all.putAll(options);
        return World.start(all);
    }

    /** Everything that makes a link, by a caller who names another site wherever one can be named. */
    private static List<String> links(World world, Http http) {
        long id = world.member().id();
        String reset = http.post("/api/users/" + id + "/reset-password")
                .as(world.admin())
                .json()
                .expect(200)
                .textAt("/reset_url");
        String setup = http.post("/api/users")
                .as(world.admin())
                .json("username", "newcomer", "role", "guest", "email", "newcomer@example.org")
                .expect(201)
                .textAt("/setup_url");
        String invite = http.post("/api/auth/invites")
                .as(world.admin())
                .json("email", "invited@example.org")
                .expect(200)
                .textAt("/url");
        return List.of(reset, setup, invite);
    }

    private static Http lying(World world) {
        return world.http()
                .with("X-Forwarded-Host", EVIL)
                .with("X-Forwarded-Proto", "https")
                .with("X-Forwarded-For", "203.0.113.66")
                .with("X_Forwarded_Host", EVIL)
                .with("X-Original-Host", EVIL)
                .with("X-Host", EVIL)
                .with("X-Forwarded-Server", EVIL)
                .with("X-Forwarded-Prefix", "/" + EVIL)
                .with("X-Rewrite-URL", "/" + EVIL)
                .with("Referer", "https://" + EVIL + "/");
    }

    private static void verifiedAddress(World world, MailServer mails, String address) {
        world.http()
                .patch("/api/auth/me")
                .as(world.member())
                .json("email", address, "current_password", World.PASSWORD)
                .expect(200);
        world.http()
                .post("/api/auth/email/verify")
                .json("token", mails.await(address).secret("token"))
                .expect(200);
    }

    private void allLinksLeadTo(String site, Map<String, String> options) throws IOException {
        try (MailServer mails = MailServer.start();
                LogLines log = LogLines.record();
                World world = world(mails, options)) {
            String expected = site.isEmpty() ? world.http().origin() : site;
            verifiedAddress(world, mails, "mel@example.org");
            Http http = lying(world);
            assertThat(links(world, http)).allMatch(link -> link.startsWith(expected + "/"), expected);
            http.post("/api/auth/password/forgot")
                    .json("email", "mel@example.org")
                    .expect(200);
            http.post("/api/auth/register")
                    .json("username", "comer", "password", World.PASSWORD, "email", "comer@example.org")
                    .expect(201);
            for (String to :
                    List.of("mel@example.org", "newcomer@example.org", "invited@example.org", "comer@example.org")) {
                mails.await(to);
                assertThat(mails.to(to)).allSatisfy(mail -> {
                    assertThat(mail.subject() + mail.text() + mail.html()).doesNotContain(EVIL);
                    assertThat(mail.link()).startsWith(expected + "/");
                    assertThat(mail.html()).contains(expected + "/");
                });
            }
            world.server().stop();
            assertThat(log.text()).doesNotContain(EVIL);
            try (Stream<Path> files = Files.list(world.server().dataDir())) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                            .as(file.toString())
                            .doesNotContain(EVIL, "203.0.113.66");
                }
            }
        }
    }

    @Test
    void withoutAPublicUrlTheyLeadToTheHostThatPassed() throws IOException {
        allLinksLeadTo("", Map.of());
    }

    @Test
    void withAPublicUrlTheyLeadThere() throws IOException {
        allLinksLeadTo("https://library.example.org", Map.of("public_url", "https://library.example.org"));
    }

    @Test
    void aForeignHostCausesNoMail() {
        try (MailServer mails = MailServer.start();
                World world = world(mails, Map.of())) {
            verifiedAddress(world, mails, "mel@example.org");
            String body = "{\"email\":\"mel@example.org\"}";
            String answer = world.server()
                    .raw()
                    .offer(("POST /api/auth/password/forgot HTTP/1.1\r\nHost: " + EVIL
                                    + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                                    + "\r\nConnection: close\r\n\r\n" + body)
                            .getBytes(StandardCharsets.US_ASCII))
                    .read()
                    .toString();
            assertThat(answer).contains("421");
            world.http()
                    .post("/api/auth/password/forgot")
                    .json("email", "mel@example.org")
                    .expect(200);
            assertThat(mails.await("mel@example.org", 2).link())
                    .startsWith(world.http().origin() + "/");
            assertThat(mails.to("mel@example.org")).hasSize(2);
        }
    }
}
