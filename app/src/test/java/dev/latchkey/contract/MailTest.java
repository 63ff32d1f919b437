package dev.latchkey.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.harness.Await;
import dev.latchkey.harness.LogLines;
import dev.latchkey.harness.MailServer;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What admins see and do about mails; the mails here are invites that name an address. */
class MailTest {
    private MailServer mails;
    private World world;
    private LogLines log;

    @BeforeEach
    void start() {
        log = LogLines.record();
        mails = MailServer.start();
        Map<String, String> options = new HashMap<>(mails.options());
        options.put("instance_name", "<b>Harbour</b> 🦊");
        world = World.start(options);
    }

    @AfterEach
    void stop() {
        world.close();
        mails.close();
        log.close();
    }

    /** Invites {@code address} by mail, and returns the mail as soon as it is in {@code state}. */
    private JsonNode invite(String address, String state) {
        world.invite("email", address, "ttl_hours", 24);
        return await(address, state);
    }

    private JsonNode await(String address, String state) {
        List<JsonNode> found = new ArrayList<>();
        Await.until("the mail to " + address + " to be " + state, () -> {
            found.clear();
            list("?state=" + state).forEach(mail -> {
                if (mail.path("to").asText().equals(address)) {
                    found.add(mail);
                }
            });
            return !found.isEmpty();
        });
        return found.get(0);
    }

    /** The mail to {@code address}, which failed once and waits for its next attempt. */
    private JsonNode awaitFirstAttempt(String address) {
        Await.until(
                "the first attempt",
                () -> await(address, "pending").path("attempts").asInt() == 1);
        return await(address, "pending");
    }

    private JsonNode list(String query) {
        return world.http()
                .get("/api/mail" + query)
                .as(world.admin())
                .expect(200)
                .at("/items");
    }

    private Reply retry(long id) {
        return world.http().post("/api/mail/" + id + "/retry").as(world.admin()).send();
    }

    private Reply delete(long id) {
        return world.http().delete("/api/mail/" + id).as(world.admin()).send();
    }

    private int audited(String action, long id) {
        int count = 0;
        for (JsonNode entry : world.http()
                .get("/api/audit?action=" + action)
                .as(world.admin())
                .expect(200)
                .at("/items")) {
            count += entry.at("/target/id").asLong() == id ? 1 : 0;
        }
        return count;
    }

    @Test
    void aSentMailIsShownWithoutItsText() {
        JsonNode mail = invite("eve@example.org", "sent");
        List<String> fields = new ArrayList<>();
        mail.fieldNames().forEachRemaining(fields::add);
        assertThat(fields)
                .containsExactly(
                        "id", "to", "subject", "state", "attempts", "next_attempt_at", "last_error", "created_at");
        assertThat(mail.path("attempts").asInt()).isEqualTo(1);
        assertThat(mail.path("subject").asText()).isEqualTo("Ada invites you to <b>Harbour</b> 🦊");
        assertThat(mail.path("created_at").asText())
                .isEqualTo(world.clock().instant().toString().replace("Z", ".000Z"));

        MailServer.Received received = mails.await("eve@example.org");
        assertThat(received.subject()).isEqualTo("Ada invites you to <b>Harbour</b> 🦊");
        assertThat(received.text()).contains("<b>Harbour</b> 🦊");
        assertThat(received.html())
                .contains("&lt;b&gt;Harbour&lt;/b&gt; 🦊", received.link())
                .doesNotContain("<b>");
        String secret = received.secret("invite");
        assertThat(list("").toString()).doesNotContain(secret, "lki_");
        assertThat(log.text()).doesNotContain(secret);
        assertThat(log.text().lines().filter(line -> !line.startsWith("Created user login"))) // by GreenMail
                .allSatisfy(line -> assertThat(line).doesNotContain("eve@example.org"));
    }

    @Test
    void aSentMailIsNotSentAgainAndMayBeDeleted() {
        long id = invite("eve@example.org", "sent").path("id").asLong();
        retry(id).refused(409, "already_sent");
        delete(id).expect(204);
        delete(id).refused(404, "not_found");
        retry(id).refused(404, "not_found");
        assertThat(audited("mail.delete", id)).isEqualTo(1);
        assertThat(audited("mail.retry", id)).isZero();
    }

    @Test
    void aMailThatWaitsIsSentOnRetry() {
        mails.goDown();
        long id = invite("eve@example.org", "pending").path("id").asLong();
        JsonNode failed = awaitFirstAttempt("eve@example.org");
        assertThat(failed.path("last_error").asText()).startsWith("The mail server cannot be used");
        assertThat(failed.path("next_attempt_at").asText())
                .isEqualTo(world.clock().instant().plusSeconds(60).toString().replace("Z", ".000Z"));
        mails.comeBack();
        retry(id).expect(204);
        mails.await("eve@example.org");
        assertThat(await("eve@example.org", "sent").path("attempts").asInt()).isEqualTo(1);
        assertThat(audited("mail.retry", id)).isEqualTo(1);
    }

    @Test
    void aMailThatWaitsIsSentWhenTheServerIsBackAlsoAfterARestart() {
        mails.goDown();
        invite("eve@example.org", "pending");
        awaitFirstAttempt("eve@example.org");
        world.server().restart();
        mails.comeBack();
        world.clock().advance(Duration.ofMinutes(1));
        mails.await("eve@example.org");
        await("eve@example.org", "sent");
    }

    @Test
    void aDeletedMailIsNotSent() {
        mails.goDown();
        delete(invite("eve@example.org", "pending").path("id").asLong()).expect(204);
        world.invite("email", "bob@example.org");
        awaitFirstAttempt("bob@example.org"); // one under way would count its minute from the time we are about to set
        mails.comeBack();
        world.clock().advance(Duration.ofMinutes(1));
        mails.await("bob@example.org");
        assertThat(mails.to("eve@example.org")).isEmpty();
    }

    @Test
    void aMailIsGivenUpWhenItsLinkExpires() {
        mails.goDown();
        long id = invite("eve@example.org", "pending").path("id").asLong();
        world.clock().advance(Duration.ofHours(25));
        retry(id).refused(409, "mail_expired");
        JsonNode dead = await("eve@example.org", "dead");
        assertThat(dead.path("next_attempt_at").isNull()).isTrue();
        assertThat(dead.path("last_error").asText()).startsWith("The link inside expired");
        retry(id).refused(409, "mail_expired");
    }

    @Test
    void theNewestComeFirstAndPagesFollowEachOther() {
        for (int i = 0; i < 5; i++) {
            world.invite("email", "p" + i + "@example.org");
        }
        List<Long> whole = new ArrayList<>();
        list("").forEach(mail -> whole.add(mail.path("id").asLong()));
        assertThat(whole).hasSizeGreaterThanOrEqualTo(5).isSortedAccordingTo(Comparator.reverseOrder());
        List<Long> walked = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            Reply page = world.http()
                    .get("/api/mail?limit=2" + cursor)
                    .as(world.admin())
                    .expect(200);
            page.at("/items").forEach(mail -> walked.add(mail.path("id").asLong()));
            cursor = page.at("/next_cursor").isNull() ? null : "&cursor=" + page.textAt("/next_cursor");
        }
        assertThat(walked).isEqualTo(whole);
        assertThat(list("?state=dead")).isEmpty();
        world.http().get("/api/mail?state=lost").as(world.admin()).refused(400, "malformed");
        world.http().get("/api/mail?cursor=abc").as(world.admin()).refused(400, "malformed");
    }

    @Test
    void onlyAdminsSeeMails() {
        world.http().get("/api/mail").as(world.manager()).expect(403);
        world.http().get("/api/mail").expect(401);
    }
}
