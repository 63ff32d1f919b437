package dev.latchkey.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Person;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.Sample;
import dev.latchkey.harness.World;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SearchTest {
    private World world;
    private long boat;

    @BeforeAll
    void start() {
        world = World.start();
        boat = world.upload(world.member(), "IMG_2041 harbour.txt", Sample.uniqueText());
        describe(boat, "Summer at the lake", "Grandmother's old sailing boat", List.of("holiday", "family trip"));
        long other = world.upload(world.member(), "notes.txt", Sample.uniqueText());
        describe(other, "Winter", "Title of a book NOT read", List.of("holiday"));
    }

    @AfterAll
    void stop() {
        world.close();
    }

    private void describe(long id, String title, String description, List<String> tags) {
        world.http()
                .patch("/api/media/" + id)
                .as(world.member())
                .json("title", title, "description", description, "tags", tags)
                .expect(200);
    }

    private Reply search(String words) {
        return world.http()
                .get("/api/media?q=" + URLEncoder.encode(words, StandardCharsets.UTF_8))
                .as(world.guest())
                .expect(200);
    }

    private List<Long> found(String words) {
        return ids(search(words));
    }

    private static List<Long> ids(Reply reply) {
        return StreamSupport.stream(reply.at("/items").spliterator(), false)
                .map(item -> item.path("id").asLong())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "summer",
                "SUMMER lake",
                "lake summer",
                "sail",
                "summer sail",
                "harbour",
                "img_2041",
                "family",
                "grandmother",
                "boat old",
                "  lake  ",
                "lake, summer!",
                "\"summer",
                "(lake)",
                "lake*",
                "summer -lake",
                "^summer"
            })
    void everyWordIsFoundInNameTitleDescriptionAndTags(String words) {
        assertThat(found(words)).containsExactly(boat);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sum lake",
                "summer winter",
                "lake OR winter",
                "lake NOT winter",
                "title:summer",
                "NEAR(summer lake)",
                "zzz"
            })
    void everyWordHasToBeThereAndOnlyTheLastMayBeABeginning(String words) {
        assertThat(found(words)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"", "'", "*", "()", "\"\"\"", "%", "AND", "a AND", "{", "x\0y", ";--", "\ud83d", "^", "+", "-"
            })
    void whatMeansSomethingToTheIndexIsPlainText(String words) {
        search(words);
    }

    @Test
    void searchAndFiltersGoTogether() {
        assertThat(tagged("tag=holiday")).hasSize(2);
        assertThat(tagged("tag=family%20trip")).hasSize(1);
        assertThat(tagged("tag=family")).isEmpty();
        assertThat(tagged("tag=holiday&q=winter")).hasSize(1);
        assertThat(tagged("q=winter&kind=image")).isEmpty();
        assertThat(tagged("q=holiday&order=name&limit=1")).hasSize(1);
    }

    private List<Long> tagged(String query) {
        return ids(world.http().get("/api/media?" + query).as(world.guest()).expect(200));
    }

    @Test
    void theIndexFollowsChangesTrashAndRestore() {
        Person member = world.member();
        long id = world.upload(member, "moving.txt", Sample.uniqueText());
        world.http()
                .patch("/api/media/" + id)
                .as(member)
                .json("title", "aardvark")
                .expect(200);
        assertThat(found("aardvark")).containsExactly(id);
        world.http()
                .patch("/api/media/" + id)
                .as(member)
                .json("title", "buffalo")
                .expect(200);
        assertThat(found("aardvark")).isEmpty();
        assertThat(found("buffalo")).containsExactly(id);
        world.http().delete("/api/media/" + id).as(member).expect(204);
        assertThat(found("buffalo")).isEmpty();
        world.http().post("/api/trash/" + id + "/restore").as(member).json().expect(200);
        assertThat(found("buffalo")).containsExactly(id);
    }

    @Test
    void aSearchIsWalkedByPagesToo() {
        Reply first = world.http()
                .get("/api/media?q=holiday&limit=1")
                .as(world.guest())
                .expect(200);
        Reply second = world.http()
                .get("/api/media?q=holiday&limit=1&cursor=" + first.textAt("/next_cursor"))
                .as(world.guest())
                .expect(200);
        assertThat(second.at("/next_cursor").isNull()).isTrue();
        assertThat(second.longAt("/items/0/id")).isNotEqualTo(first.longAt("/items/0/id"));
    }
}
