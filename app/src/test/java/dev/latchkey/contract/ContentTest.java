package dev.latchkey.contract;

import static dev.latchkey.harness.Scenario.when;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Call;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.Sample;
import dev.latchkey.harness.Scenario;
import dev.latchkey.harness.World;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContentTest {
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";
    private World world;
    private String path;
    private String etag;

    @BeforeAll
    void start() {
        world = World.start();
        byte[] bytes = Sample.utf8(LETTERS);
        path = "/api/media/" + world.upload(world.member(), "letters.txt", bytes) + "/content";
        etag = "\"" + Sample.sha256(bytes) + "\"";
    }

    @AfterAll
    void stop() {
        world.close();
    }

    private Call get() {
        return world.http().get(path).as(world.guest());
    }

    private Call range(String range) {
        return get().header("Range", range);
    }

    private Scenario part(String name, String range, int first, int last) {
        return when(name, range(range))
                .status(206)
                .header("Content-Range", "bytes " + first + "-" + last + "/26")
                .header("Content-Length", String.valueOf(last - first + 1))
                .header("ETag", etag)
                .and(reply -> assertThat(reply.text()).isEqualTo(LETTERS.substring(first, last + 1)));
    }

    private Scenario whole(String name, Call call) {
        return when(name, call)
                .status(200)
                .header("Content-Range", "")
                .and(reply -> assertThat(reply.text()).isEqualTo(LETTERS));
    }

    @Test
    void theWholeFileComesWithItsHashAsTag() {
        Reply reply = get().expect(200);
        assertThat(reply.text()).isEqualTo(LETTERS);
        assertThat(reply.header("ETag")).isEqualTo(etag);
        assertThat(reply.header("Content-Length")).isEqualTo("26");
        assertThat(reply.header("Accept-Ranges")).isEqualTo("bytes");
        assertThat(reply.header("Content-Type")).startsWith("text/plain");
        assertThat(reply.header("Cache-Control")).contains("private");
    }

    @Test
    void headAnswersAsGetWithoutTheBody() {
        Reply reply = world.http().head(path).as(world.guest()).expect(200);
        assertThat(reply.body()).isEmpty();
        assertThat(reply.header("Content-Length")).isEqualTo("26");
        assertThat(reply.header("ETag")).isEqualTo(etag);
        assertThat(reply.header("Accept-Ranges")).isEqualTo("bytes");
    }

    @TestFactory
    List<DynamicTest> oneRangeIsAnsweredWithThatPart() {
        return Scenario.table(
                part("the first byte", "bytes=0-0", 0, 0),
                part("the last byte", "bytes=25-25", 25, 25),
                part("the middle", "bytes=10-12", 10, 12),
                part("to the end", "bytes=20-", 20, 25),
                part("the last five", "bytes=-5", 21, 25),
                part("more than there is from the end", "bytes=-100", 0, 25),
                part("beyond the end", "bytes=20-99", 20, 25),
                part("an end beyond long", "bytes=20-99999999999999999999", 20, 25));
    }

    @TestFactory
    List<DynamicTest> aRangeOutsideTheFileIs416() {
        return Scenario.table(
                outside("behind the end", "bytes=26-"),
                outside("far behind", "bytes=1000-2000"),
                outside("the last nothing", "bytes=-0"));
    }

    private Scenario outside(String name, String range) {
        return when(name, range(range)).status(416).header("Content-Range", "bytes */26");
    }

    @TestFactory
    List<DynamicTest> whatIsNoByteRangeGetsTheWholeFile() {
        return Scenario.table(
                whole("another unit", range("lines=0-1")),
                whole("letters", range("bytes=a-b")),
                whole("backwards", range("bytes=5-2")),
                whole("nothing", range("bytes=")),
                whole("a minus", range("bytes=-")),
                whole("signs", range("bytes=+1-+2")));
    }

    @TestFactory
    List<DynamicTest> severalRangesAreAnsweredAsPartsOrAsAWhole() {
        return Scenario.table(
                when("two", range("bytes=0-1,5-6")).status(200, 206),
                when("a thousand", range("bytes=" + "0-0,".repeat(999) + "0-0")).status(200, 206, 416),
                when("overlapping", range("bytes=0-,0-,0-,0-"))
                        .status(200, 206, 416)
                        .and(reply -> assertThat(reply.body()).hasSizeLessThan(1000)));
    }

    @TestFactory
    List<DynamicTest> ifRangeDecidesBetweenThePartAndTheWhole() {
        return Scenario.table(
                when("the same tag", range("bytes=0-0").header("If-Range", etag))
                        .status(206),
                whole("another tag", range("bytes=0-0").header("If-Range", "\"other\"")),
                whole("a weak tag", range("bytes=0-0").header("If-Range", "W/" + etag)),
                whole("a date", range("bytes=0-0").header("If-Range", "Sat, 01 Jan 2000 00:00:00 GMT")));
    }

    @TestFactory
    List<DynamicTest> whoHasTheFileIsNotSentItAgain() {
        return Scenario.table(
                unchanged("the same tag", get().header("If-None-Match", etag)),
                unchanged("among others", get().header("If-None-Match", "\"x\", " + etag)),
                unchanged("weakly", get().header("If-None-Match", "W/" + etag)),
                unchanged("any", get().header("If-None-Match", "*")),
                unchanged("with a range", range("bytes=0-0").header("If-None-Match", etag)),
                unchanged("by HEAD", world.http().head(path).as(world.guest()).header("If-None-Match", etag)),
                whole("another tag", get().header("If-None-Match", "\"x\"")),
                whole("no tag at all", get().header("If-None-Match", "x")));
    }

    private Scenario unchanged(String name, Call call) {
        return when(name, call)
                .status(304)
                .header("ETag", etag)
                .and(reply -> assertThat(reply.body()).isEmpty());
    }

    /** RFC 9110, 14.2: only GET has ranges; and 13.2.2: the condition comes before the range. */
    @TestFactory
    List<DynamicTest> aRangeIsPartOfAGetOnlyAndComesLast() {
        return Scenario.table(
                when(
                                "HEAD with a range",
                                world.http().head(path).as(world.guest()).header("Range", "bytes=0-0"))
                        .status(200)
                        .header("Content-Length", "26"),
                when(
                                "HEAD with one outside",
                                world.http().head(path).as(world.guest()).header("Range", "bytes=99-"))
                        .status(200),
                unchanged("a range outside of what one has", range("bytes=99-").header("If-None-Match", etag)),
                whole("a range outside of what was", range("bytes=99-").header("If-Range", "\"other\"")),
                when("a range outside of what is", range("bytes=99-").header("If-Range", etag))
                        .status(416),
                when("a tag that one does not have", range("bytes=1-2").header("If-None-Match", "\"other\""))
                        .status(206)
                        .header("Content-Range", "bytes 1-2/26")
                        .header("Content-Length", "2")
                        .header("ETag", etag));
    }

    @TestFactory
    List<DynamicTest> nobodyLearnsAnythingWithoutACredential() {
        return Scenario.table(
                when("range", world.http().get(path).header("Range", "bytes=0-0"))
                        .status(401)
                        .header("ETag", ""),
                when("range outside", world.http().get(path).header("Range", "bytes=99-"))
                        .status(401)
                        .header("Content-Range", ""),
                when("condition", world.http().get(path).header("If-None-Match", etag))
                        .status(401)
                        .header("ETag", ""),
                when("unknown id", world.http().get("/api/media/99999999/content"))
                        .status(401));
    }

    @TestFactory
    List<DynamicTest> whatIsNotThereIsNotFound() {
        return Scenario.table(
                when(
                                "unknown id",
                                world.http().get("/api/media/99999999/content").as(world.guest()))
                        .status(404),
                when("id 0", world.http().get("/api/media/0/content").as(world.guest()))
                        .status(400, 404),
                when("negative id", world.http().get("/api/media/-1/content").as(world.guest()))
                        .status(400, 404),
                when(
                                "id beyond long",
                                world.http()
                                        .get("/api/media/99999999999999999999/content")
                                        .as(world.guest()))
                        .status(400, 404),
                when("a sign before it", world.http().get("/api/media/+1").as(world.guest()))
                        .status(400, 404),
                when(
                                "digits of another script",
                                world.http().get("/api/media/%D9%A1").as(world.guest()))
                        .status(400, 404),
                when("letters", world.http().get("/api/media/abc").as(world.guest()))
                        .status(400, 404));
    }
}
