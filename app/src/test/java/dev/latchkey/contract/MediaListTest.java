package dev.latchkey.contract;

import static dev.latchkey.harness.Scenario.when;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.Sample;
import dev.latchkey.harness.Scenario;
import dev.latchkey.harness.World;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MediaListTest {
    private World world;
    private Instant start;

    @BeforeAll
    void start() {
        world = World.start();
        start = world.clock().instant();
        add(world.member(), "zebra.txt", Sample.utf8("z".repeat(500)));
        add(world.member(), "Apple.png", Sample.uniqueImage("png"));
        add(world.manager(), "banana.wav", Sample.wav());
        add(world.manager(), "cherry.pdf", Sample.pdf());
        // Two at the same moment, and with the same name: the id has to decide.
        world.upload(world.member(), "apple.png", Sample.uniqueImage("png"));
        world.upload(world.member(), "apple.png", Sample.uniqueImage("png"));
        long trashed = world.upload(world.member(), "gone.txt", Sample.uniqueText());
        world.http().delete("/api/media/" + trashed).as(world.member()).expect(204);
    }

    @AfterAll
    void stop() {
        world.close();
    }

    private void add(Person person, String filename, byte[] bytes) {
        world.upload(person, filename, bytes);
        world.clock().advance(Duration.ofMinutes(1));
    }

    private Reply list(String query) {
        return world.http().get("/api/media?" + query).as(world.guest()).send();
    }

    private List<String> names(String query) {
        return names(list(query).expect(200));
    }

    private static List<String> names(Reply reply) {
        List<String> names = new ArrayList<>();
        reply.at("/items").forEach(item -> names.add(item.path("filename").asText()));
        return names;
    }

    @Test
    void theNewestComeFirst() {
        assertThat(names(""))
                .containsExactly("apple.png", "apple.png", "cherry.pdf", "banana.wav", "Apple.png", "zebra.txt");
        assertThat(names("order=newest")).isEqualTo(names(""));
    }

    @Test
    void ordersAreAsTheContractSays() {
        assertThat(names("order=oldest"))
                .containsExactly("zebra.txt", "Apple.png", "banana.wav", "cherry.pdf", "apple.png", "apple.png");
        assertThat(names("order=name").subList(3, 6)).containsExactly("banana.wav", "cherry.pdf", "zebra.txt");
        assertThat(names("order=name").subList(0, 3)).allMatch("apple.png"::equalsIgnoreCase);
        List<Long> sizes = new ArrayList<>();
        list("order=size")
                .at("/items")
                .forEach(item -> sizes.add(item.path("size_bytes").asLong()));
        assertThat(sizes).hasSize(6).isSortedAccordingTo(Comparator.reverseOrder());
    }

    @ParameterizedTest
    @ValueSource(strings = {"newest", "oldest", "name", "size", "taken"})
    void pagesTogetherAreTheWholeListInEveryOrder(String order) {
        List<Long> whole = ids(list("order=" + order));
        for (int limit = 1; limit <= 4; limit++) {
            List<Long> walked = new ArrayList<>();
            Reply page = list("order=" + order + "&limit=" + limit).expect(200);
            walked.addAll(ids(page));
            while (!page.at("/next_cursor").isNull()) {
                assertThat(ids(page)).hasSize(limit);
                page = list("order=" + order + "&limit=" + limit + "&cursor=" + page.textAt("/next_cursor"))
                        .expect(200);
                walked.addAll(ids(page));
            }
            assertThat(walked).isEqualTo(whole).doesNotHaveDuplicates();
        }
    }

    private static List<Long> ids(Reply reply) {
        List<Long> ids = new ArrayList<>();
        for (JsonNode item : reply.at("/items")) {
            ids.add(item.path("id").asLong());
        }
        return ids;
    }

    @Test
    void aPageThatIsTheLastSaysSo() {
        assertThat(list("limit=6").at("/next_cursor").isNull()).isTrue();
        assertThat(list("limit=200").at("/next_cursor").isNull()).isTrue();
    }

    @Test
    void uploadsWhileWalkingShiftNoPage() {
        Reply first = list("order=oldest&limit=2&kind=image").expect(200);
        Reply second = list("order=oldest&limit=2&kind=image&cursor=" + first.textAt("/next_cursor"))
                .expect(200);
        assertThat(ids(second)).doesNotContainAnyElementsOf(ids(first)).hasSize(1);
    }

    @Test
    void filtersNarrowTheList() {
        assertThat(names("kind=image")).containsOnly("apple.png", "Apple.png").hasSize(3);
        assertThat(names("kind=audio")).containsExactly("banana.wav");
        assertThat(names("kind=document")).contains("cherry.pdf");
        assertThat(names("kind=video")).isEmpty();
        assertThat(names("uploader_id=" + world.manager().id())).containsExactly("cherry.pdf", "banana.wav");
        assertThat(names("uploader_id=" + world.manager().id() + "&kind=audio")).containsExactly("banana.wav");
        assertThat(names("uploader_id=99999999")).isEmpty();
        assertThat(names("tag=nowhere")).isEmpty();
    }

    @Test
    void fromIsInclusiveAndToExclusive() {
        String second = start.plus(Duration.ofMinutes(1)).toString();
        String third = start.plus(Duration.ofMinutes(2)).toString();
        assertThat(names("from=" + second + "&to=" + third)).containsExactly("Apple.png");
        assertThat(names("to=" + second)).containsExactly("zebra.txt");
        assertThat(names("from=" + third)).hasSize(4);
        assertThat(names("from=" + third + "&to=" + second)).isEmpty();
        assertThat(names("taken_from=" + second + "&taken_to=" + third)).containsExactly("Apple.png");
        assertThat(names("order=taken&taken_from=" + third)).hasSize(4);
    }

    @Test
    void theTimelineTellsHowMuchEachDayHas() {
        Reply days = world.http()
                .get("/api/media/timeline?zone=Europe/Berlin")
                .as(world.guest())
                .expect(200);
        long all = 0;
        for (JsonNode day : days.at("/items")) {
            all += day.path("count").asLong();
        }
        assertThat(all).isEqualTo(6);
        Reply banana = world.http()
                .get("/api/media/timeline?kind=audio&q=banana&uploader_id="
                        + world.manager().id())
                .as(world.guest())
                .expect(200);
        assertThat(banana.longAt("/items/0/count")).isOne();
        for (String zone : List.of("Mars/Olympus", "%00", "../../etc", "Europe/Berlin%20")) {
            world.http()
                    .get("/api/media/timeline?zone=" + zone)
                    .as(world.guest())
                    .refused(400, "malformed");
        }
    }

    @TestFactory
    List<DynamicTest> parametersThatCannotBeReadAre400() {
        String byName = list("order=name&limit=2").textAt("/next_cursor");
        return Scenario.table(
                when("limit 0", () -> list("limit=0")).problem(400, "malformed"),
                when("limit 201", () -> list("limit=201")).problem(400, "malformed"),
                when("limit -1", () -> list("limit=-1")).problem(400, "malformed"),
                when("limit in letters", () -> list("limit=ten")).problem(400, "malformed"),
                when("limit beyond int", () -> list("limit=99999999999")).problem(400, "malformed"),
                when("cursor of another order", () -> list("order=size&cursor=" + byName))
                        .problem(400, "malformed"),
                when(
                                "cursor of another list",
                                () -> world.http()
                                        .get("/api/audit?cursor=" + byName)
                                        .as(world.admin())
                                        .send())
                        .problem(400, "malformed"),
                when("cursor that is none", () -> list("cursor=hello")).problem(400, "malformed"),
                when("cursor that was changed", () -> list("order=name&cursor=x" + byName))
                        .problem(400, "malformed"),
                when("unknown order", () -> list("order=random")).problem(400, "malformed"),
                when("unknown kind", () -> list("kind=hologram")).problem(400, "malformed"),
                when("time that is none", () -> list("from=yesterday")).problem(400, "malformed"),
                when("uploader that is no number", () -> list("uploader_id=me")).problem(400, "malformed"),
                when("uploader beyond long", () -> list("uploader_id=" + "9".repeat(30)))
                        .problem(400, "malformed"),
                when(
                                "bad percent-encoding",
                                () -> world.server()
                                        .raw()
                                        .exchange(
                                                "GET /api/media?q=%zz HTTP/1.1",
                                                "Host: localhost",
                                                "Authorization: Bearer "
                                                        + world.guest().token()))
                        .status(400));
    }

    @Test
    void wordsOfAQueryAreEncodedForTheAddress() {
        assertThat(names("q=" + URLEncoder.encode("zebra", StandardCharsets.UTF_8)))
                .containsExactly("zebra.txt");
    }
}
