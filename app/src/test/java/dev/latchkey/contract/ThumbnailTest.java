package dev.latchkey.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Await;
import dev.latchkey.harness.Call;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.Photo;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.Sample;
import dev.latchkey.harness.World;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ThumbnailTest {
    private World world;

    @BeforeAll
    void start() {
        world = World.start();
    }

    @AfterAll
    void stop() {
        world.close();
    }

    private Reply media(long id) {
        return world.http().get("/api/media/" + id).as(world.guest()).expect(200);
    }

    private Call thumbnail(Person person, long id, String query) {
        return world.http().get("/api/media/" + id + "/thumbnail" + query).as(person);
    }

    private void awaitThumbnail(long id) {
        Await.until("a thumbnail", () -> !media(id).at("/thumbnail_url").isNull());
    }

    private long uploaded(byte[] bytes) {
        long id = world.upload(world.member(), "picture", bytes);
        awaitThumbnail(id);
        return id;
    }

    /** Each has bytes of its own: the height of what is uploaded twice would be a duplicate. */
    private static byte[] photo(int height) {
        return Photo.camera(1500, height, 6, "2024:05:06 07:08:09", "+02:00");
    }

    private List<String> thumbnailFiles() {
        Path folder = world.server().dataDir().resolve("thumbnails");
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file ->
                            file.getParent().getFileName() + file.getFileName().toString())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void an_upload_gets_its_size_its_time_and_two_small_pictures() {
        long id = uploaded(photo(500));
        Reply media = media(id);
        assertThat(media.longAt("/width")).isEqualTo(500);
        assertThat(media.longAt("/height")).isEqualTo(1500);
        assertThat(media.textAt("/taken_at")).isEqualTo("2024-05-06T05:08:09.000Z");
        assertThat(media.json().has("duration_ms")).isFalse();
        assertThat(media.textAt("/thumbnail_url")).isEqualTo("/api/media/" + id + "/thumbnail?size=256");
        BufferedImage small = Photo.read(world.http()
                .get(media.textAt("/thumbnail_url"))
                .as(world.guest())
                .expect(200)
                .body());
        assertThat(small.getHeight()).isEqualTo(256);
        BufferedImage large = Photo.read(
                thumbnail(world.guest(), id, "?size=1024").expect(200).body());
        assertThat(large.getHeight()).isEqualTo(1024);
    }

    @Test
    void things_stand_in_the_timeline_where_they_were_taken_also_under_their_tags() {
        long id = world.upload(world.member(), "old.jpg", Photo.camera(32, 8, 1, "1950:01:02 03:04:05", "+00:00"));
        world.http()
                .patch("/api/media/" + id)
                .as(world.member())
                .json("tags", List.of("grandma"))
                .expect(200);
        awaitThumbnail(id);
        String before1951 = "/api/media?order=taken&taken_to=1951-01-01T00:00:00Z";
        for (String query : List.of(before1951, before1951 + "&tag=grandma")) {
            assertThat(world.http().get(query).as(world.guest()).expect(200).longAt("/items/0/id"))
                    .isEqualTo(id);
        }
    }

    @Test
    void a_small_picture_is_kept_by_browsers_and_can_do_nothing() {
        long id = uploaded(photo(510));
        Reply first = thumbnail(world.guest(), id, "").expect(200);
        assertThat(first.header("Content-Type")).isEqualTo("image/jpeg");
        assertThat(first.header("Cache-Control")).isEqualTo("private, max-age=31536000, immutable");
        assertThat(first.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(first.header("Content-Security-Policy")).isEqualTo("sandbox; default-src 'none'");
        assertThat(first.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
        String tag = first.header("ETag");
        thumbnail(world.guest(), id, "").header("If-None-Match", tag).expect(304);
        assertThat(thumbnail(world.guest(), id, "?size=1024")
                        .header("If-None-Match", tag)
                        .expect(200)
                        .header("ETag"))
                .isNotEqualTo(tag);
        world.http()
                .get("/api/media/" + id + "/thumbnail")
                .header("If-None-Match", tag)
                .expect(401);
        for (String query : List.of("?size=512", "?size=0256", "?size=256&size=1024", "?size=big")) {
            thumbnail(world.guest(), id, query).refused(400, "malformed");
        }
    }

    @Test
    void a_transparent_picture_stays_transparent() {
        long id = uploaded(Photo.transparent(300, 200));
        Reply reply = thumbnail(world.guest(), id, "").expect(200);
        assertThat(reply.header("Content-Type")).isEqualTo("image/png");
        assertThat(Photo.read(reply.body()).getRGB(250, 160) >>> 24).isZero();
    }

    @Test
    void broken_pictures_and_other_files_have_none_and_keep_nothing_waiting() {
        long text = world.upload(world.member(), "note.txt", Sample.uniqueText());
        long broken = world.upload(world.member(), "broken.jpg", Photo.onlyTheHead());
        long wide = world.upload(world.member(), "wide.jpg", Photo.pretending(65_535, 16));
        uploaded(photo(520));
        for (long id : List.of(text, broken, wide)) {
            thumbnail(world.guest(), id, "").refused(404, "no_thumbnail");
            assertThat(media(id).at("/thumbnail_url").isNull()).isTrue();
        }
        Await.until("the size of the wide one", () -> media(wide).json().has("width"));
        thumbnail(world.guest(), 99_999_999, "").refused(404, "not_found");
    }

    @Test
    void a_small_picture_that_was_lost_is_made_again() throws IOException {
        long id = uploaded(photo(530));
        String hash = media(id).textAt("/sha256");
        Path folder = world.server().dataDir().resolve("thumbnails").resolve(hash.substring(0, 2));
        Files.delete(folder.resolve(hash.substring(2) + "-256.jpg"));
        thumbnail(world.guest(), id, "").refused(404, "no_thumbnail");
        awaitThumbnail(id);
        thumbnail(world.guest(), id, "").expect(200);
    }

    @Test
    void the_trash_shows_it_to_whom_it_shows_the_file_and_the_end_of_the_file_is_its_end() {
        byte[] bytes = photo(540);
        Person other = world.join("olaf", "member");
        long id = uploaded(bytes);
        String hash = media(id).textAt("/sha256");
        world.http().delete("/api/media/" + id).as(world.member()).expect(204);
        thumbnail(world.guest(), id, "").refused(404, "not_found");
        thumbnail(other, id, "").refused(404, "not_found");
        Reply mine = thumbnail(world.member(), id, "").expect(200);
        thumbnail(other, id, "").header("If-None-Match", mine.header("ETag")).refused(404, "not_found");
        thumbnail(world.manager(), id, "").expect(200);
        Reply trash = world.http().get("/api/trash?limit=1").as(world.member()).expect(200);
        assertThat(trash.textAt("/items/0/thumbnail_url")).isEqualTo("/api/media/" + id + "/thumbnail?size=256");
        world.http().get("/api/media/" + id + "/content").as(world.member()).refused(404, "not_found");
        world.http()
                .put("/api/media/raw?filename=back.jpg")
                .as(world.member())
                .body(bytes)
                .expect(200);
        thumbnail(world.guest(), id, "").expect(200);
        world.http().delete("/api/media/" + id).as(world.member()).expect(204);
        assertThat(thumbnailFiles()).anyMatch(name -> name.startsWith(hash));
        world.http().delete("/api/trash/" + id).as(world.manager()).expect(204);
        assertThat(thumbnailFiles()).noneMatch(name -> name.startsWith(hash));
    }

    @Test
    void what_was_not_read_before_a_stop_is_read_after_the_start_and_given_up_after_three_attempts() {
        long pending = uploaded(photo(550));
        long hopeless = uploaded(photo(560));
        world.server()
                .tamper("UPDATE media SET extraction = 'pending', has_thumbnail = 0, width = NULL,"
                        + " extraction_attempts = CASE id WHEN " + hopeless + " THEN 3 ELSE 2 END WHERE id IN ("
                        + pending + ", "
                        + hopeless + ")");
        world.signInAgain();
        awaitThumbnail(pending);
        assertThat(media(pending).longAt("/width")).isEqualTo(550);
        assertThat(media(hopeless).at("/thumbnail_url").isNull()).isTrue();
    }
}
