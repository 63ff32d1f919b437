package dev.latchkey.contract;

import static dev.latchkey.harness.Scenario.when;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Call;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.Sample;
import dev.latchkey.harness.Scenario;
import dev.latchkey.harness.World;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MediaChangesTest {
    private World world;
    private Person other;
    private long id;

    @BeforeAll
    void start() {
        world = World.start();
        other = world.join("olga", "member");
        id = world.upload(world.member(), "mine.txt", Sample.uniqueText());
    }

    @AfterAll
    void stop() {
        world.close();
    }

    private Call patch(Person person, Object... namesAndValues) {
        return world.http().patch("/api/media/" + id).as(person).json(namesAndValues);
    }

    private Reply media() {
        return world.http().get("/api/media/" + id).as(world.guest()).expect(200);
    }

    @Test
    void theUploaderDescribesWhatIsTheirs() {
        Reply changed = patch(
                        world.member(), "title", "Title", "description", "Line 1\nLine 2", "tags", List.of("b", "a"))
                .expect(200);
        assertThat(changed.textAt("/title")).isEqualTo("Title");
        assertThat(changed.textAt("/description")).isEqualTo("Line 1\nLine 2");
        assertThat(changed.at("/tags")).extracting(tag -> tag.asText()).containsExactlyInAnyOrder("a", "b");

        patch(world.member(), "title", "Other").expect(200);
        assertThat(media().textAt("/title")).isEqualTo("Other");
        assertThat(media().textAt("/description")).isEqualTo("Line 1\nLine 2");
        assertThat(media().at("/tags")).hasSize(2);

        patch(world.member(), "title", null, "description", null, "tags", null).expect(200);
        assertThat(media().at("/title").isNull()).isTrue();
        assertThat(media().at("/description").isNull()).isTrue();
        assertThat(media().at("/tags")).isEmpty();
    }

    @TestFactory
    List<DynamicTest> whoMayDescribe() {
        return Scenario.table(
                when("the uploader", patch(world.member(), "title", "x")).status(200),
                when("a manager", patch(world.manager(), "title", "x")).status(200),
                when("an admin", patch(world.admin(), "title", "x")).status(200),
                when("another member", patch(other, "title", "x")).problem(403, "not_owner"),
                when("another member, badly", patch(other, "title", "x".repeat(20_000)))
                        .status(403, 422),
                when("a guest", patch(world.guest(), "title", "x")).status(403),
                when("nobody", world.http().patch("/api/media/" + id).json("title", "x"))
                        .status(401),
                when(
                                "of an unknown one",
                                world.http()
                                        .patch("/api/media/99999999")
                                        .as(world.member())
                                        .json("title", "x"))
                        .status(404));
    }

    @TestFactory
    List<DynamicTest> descriptionsAreChecked() {
        Person member = world.member();
        return Scenario.table(
                when("a title of 20,000 characters", patch(member, "title", "x".repeat(20_000)))
                        .invalid("title"),
                when("a description of a million characters", patch(member, "description", "x".repeat(1_000_000)))
                        .status(413, 422),
                when("control characters", patch(member, "title", "a\0b")).invalid("title"),
                when(
                                "half a character",
                                world.http()
                                        .patch("/api/media/" + id)
                                        .as(member)
                                        .text("application/json", "{\"title\":\"\\ud83d\"}"))
                        .status(400, 422),
                when("tags that are no list", patch(member, "tags", "a,b")).status(400, 422),
                when("a tag that is no text", patch(member, "tags", List.of(List.of("a"))))
                        .status(400, 422),
                when("an empty tag", patch(member, "tags", List.of(" "))).status(200, 422),
                when(
                                "5,000 tags",
                                patch(
                                        member,
                                        "tags",
                                        IntStream.range(0, 5_000)
                                                .mapToObj(String::valueOf)
                                                .toList()))
                        .invalid("tags"),
                when("tags twice", patch(member, "tags", List.of("sea", "sea")))
                        .status(200)
                        .field("/tags", List.of("sea")),
                when("what is not one's to change", patch(member, "id", 1, "sha256", "0", "uploader", null))
                        .status(200)
                        .field("/id", id)
                        .field("/uploader/id", member.id()));
    }
}
