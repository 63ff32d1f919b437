package dev.latchkey.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.Sample;
import dev.latchkey.harness.World;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditLogTest {
    private World world;

    @BeforeAll
    void start() {
        world = World.start(Map.of("trusted_proxies", "127.0.0.1"));
    }

    @AfterAll
    void stop() {
        world.close();
    }

    private Reply audit(String query) {
        return world.http().get("/api/audit?" + query).as(world.admin()).expect(200);
    }

    private List<JsonNode> entries(String query) {
        return StreamSupport.stream(audit(query).at("/items").spliterator(), false)
                .toList();
    }

    @Test
    void entriesAreFilteredByActorActionAndTime() {
        String since = world.clock().instant().plusSeconds(1).toString();
        world.clock().advance(Duration.ofSeconds(5));
        world.upload(world.member(), "f.txt", Sample.uniqueText());
        String until = world.clock().instant().plusSeconds(1).toString();
        world.clock().advance(Duration.ofSeconds(5));
        world.upload(world.member(), "g.txt", Sample.uniqueText());
        world.upload(world.manager(), "h.txt", Sample.uniqueText());

        assertThat(entries("since=" + since + "&until=" + until)).hasSize(1);
        assertThat(entries("since=" + since)).hasSize(3);
        assertThat(entries("since=" + since + "&actor_id=" + world.manager().id()))
                .hasSize(1);
        assertThat(entries("since=" + since + "&action=media.upload")).hasSize(3);
        assertThat(entries("since=" + since + "&action=media.trash")).isEmpty();
        world.http().get("/api/audit?since=then").as(world.admin()).expect(400);
        world.http().get("/api/audit?actor_id=me").as(world.admin()).expect(400);
    }

    @Test
    void theNewestComeFirstAndPagesFollowEachOther() {
        List<Long> whole = entries("limit=200").stream()
                .map(entry -> entry.path("id").asLong())
                .toList();
        assertThat(whole).isSortedAccordingTo(Comparator.reverseOrder());
        List<Long> walked = new ArrayList<>();
        String cursor = "";
        do {
            Reply page = audit("limit=7" + cursor);
            page.at("/items").forEach(item -> walked.add(item.path("id").asLong()));
            cursor = page.at("/next_cursor").isNull() ? null : "&cursor=" + page.textAt("/next_cursor");
        } while (cursor != null);
        assertThat(walked).isEqualTo(whole);
    }

    @Test
    void theWholeLogStreamsAsOneObjectALine() throws IOException {
        Reply reply = world.http()
                .get("/api/audit")
                .as(world.admin())
                .header("Accept", "application/x-ndjson")
                .expect(200);
        assertThat(reply.header("Content-Type")).startsWith("application/x-ndjson");
        List<String> lines = reply.text().lines().toList();
        assertThat(lines).hasSize(entries("limit=200").size());
        for (String line : lines) {
            assertThat(new ObjectMapper().readTree(line).has("action")).isTrue();
        }
    }

    @Test
    void onlyAdminsReadIt() {
        world.http().get("/api/audit").as(world.manager()).expect(403);
        world.http().get("/api/audit").as(world.member()).expect(403);
        world.http().get("/api/audit").expect(401);
    }
}
