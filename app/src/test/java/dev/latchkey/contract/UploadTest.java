package dev.latchkey.contract;

import static dev.latchkey.harness.Scenario.when;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.harness.Call;
import dev.latchkey.harness.Multipart;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.Sample;
import dev.latchkey.harness.Scenario;
import dev.latchkey.harness.World;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UploadTest {
    private World world;

    @BeforeAll
    void start() {
        world = World.start();
    }

    @AfterAll
    void stop() {
        world.close();
    }

    private Call upload(Person person, Multipart files) {
        return world.http().post("/api/media").as(person).multipart(files);
    }

    private Call raw(Person person, String filename, byte[] bytes) {
        String encoded = URLEncoder.encode(filename, StandardCharsets.UTF_8);
        return world.http().put("/api/media/raw?filename=" + encoded).as(person).body(bytes);
    }

    private Reply media(long id) {
        return world.http().get("/api/media/" + id).as(world.guest()).expect(200);
    }

    @Test
    void severalFilesAreAnsweredInTheirOrderAndOneBadFileSpoilsNoOther() {
        byte[] text = Sample.uniqueText();
        byte[] image = Sample.uniqueImage("png");
        Multipart files = Multipart.file("a.txt", text)
                .and("empty.txt", new byte[0])
                .and("b.png", image)
                .and("a-again.txt", text);

        JsonNode results = upload(world.member(), files).expect(200).at("/results");

        assertThat(results)
                .extracting(result -> result.path("filename").asText())
                .containsExactly("a.txt", "empty.txt", "b.png", "a-again.txt");
        assertThat(results)
                .extracting(result -> result.path("status").asText())
                .containsExactly("stored", "rejected", "stored", "duplicate");
        assertThat(results.get(0).path("sha256").asText()).isEqualTo(Sample.sha256(text));
        assertThat(results.get(1).path("reason").asText()).isEqualTo("empty");
        assertThat(results.get(2).path("sha256").asText()).isEqualTo(Sample.sha256(image));
        assertThat(results.get(3).path("media_id")).isEqualTo(results.get(0).path("media_id"));
    }

    @Test
    void aStoredFileNamesItsUploaderTypeAndSize() {
        byte[] image = Sample.uniqueImage("jpg");
        long id = world.upload(world.member(), "misleading.txt", image);

        Reply media = media(id);

        assertThat(media.textAt("/filename")).isEqualTo("misleading.txt");
        assertThat(media.textAt("/content_type")).isEqualTo("image/jpeg");
        assertThat(media.textAt("/kind")).isEqualTo("image");
        assertThat(media.longAt("/size_bytes")).isEqualTo(image.length);
        assertThat(media.textAt("/sha256")).isEqualTo(Sample.sha256(image));
        assertThat(media.longAt("/uploader/id")).isEqualTo(world.member().id());
        assertThat(media.textAt("/uploader/display_name")).isNotEmpty();
        assertThat(media.at("/deletion_requested").asBoolean()).isFalse();
        assertThat(media.at("/tags")).isEmpty();
        assertThat(media.textAt("/content_url")).endsWith("/api/media/" + id + "/content");
        assertThat(media.textAt("/uploaded_at")).isNotEmpty();
    }

    @Test
    void theBytesLieUnderTheirHashOnce() {
        byte[] bytes = Sample.uniqueText();
        world.upload(world.member(), "x.txt", bytes);
        String sha256 = Sample.sha256(bytes);
        Path blob = world.server()
                .dataDir()
                .resolve("blobs")
                .resolve(sha256.substring(0, 2))
                .resolve(sha256.substring(2));
        assertThat(blob).hasBinaryContent(bytes);
        assertThat(world.server().dataDir().resolve("tmp")).isEmptyDirectory();
    }

    @Test
    void theFirstUploaderStays() {
        byte[] bytes = Sample.uniqueText();
        long id = world.upload(world.member(), "mine.txt", bytes);
        Reply again = raw(world.manager(), "theirs.txt", bytes).expect(200);
        assertThat(again.textAt("/status")).isEqualTo("duplicate");
        assertThat(again.longAt("/media/id")).isEqualTo(id);
        assertThat(media(id).textAt("/filename")).isEqualTo("mine.txt");
        assertThat(media(id).longAt("/uploader/id")).isEqualTo(world.member().id());
    }

    @Test
    void aRawBodyIsAFile() {
        byte[] bytes = Sample.uniqueText();
        Reply reply = raw(world.member(), "Straße nach Süden.txt", bytes).expect(201);
        assertThat(reply.textAt("/status")).isEqualTo("stored");
        assertThat(reply.textAt("/media/filename")).isEqualTo("Straße nach Süden.txt");
        assertThat(reply.textAt("/media/sha256")).isEqualTo(Sample.sha256(bytes));
        raw(world.member(), "again.txt", bytes).expect(200);
    }

    @TestFactory
    List<DynamicTest> aDigestThatIsSentIsChecked() {
        byte[] bytes = Sample.uniqueText();
        String right = "sha-256=:" + Base64.getEncoder().encodeToString(Sample.digest(bytes)) + ":";
        String wrong = "sha-256=:" + Base64.getEncoder().encodeToString(Sample.digest(new byte[1])) + ":";
        String unknown = "unixsum=:AAAA:";
        return Scenario.table(
                when("wrong content digest", raw(world.member(), "d", bytes).header("Content-Digest", wrong))
                        .problem(400, "digest_mismatch"),
                when(
                                "wrong representation digest",
                                raw(world.member(), "d", bytes).header("Repr-Digest", wrong))
                        .problem(400, "digest_mismatch"),
                when(
                                "one right, one wrong",
                                raw(world.member(), "d", bytes)
                                        .header("Content-Digest", right)
                                        .header("Repr-Digest", wrong))
                        .problem(400, "digest_mismatch"),
                when("not a digest", raw(world.member(), "d", bytes).header("Content-Digest", "sha-256=hello"))
                        .status(400),
                when("nothing of it is stored", byHash(bytes)).status(404),
                when(
                                "an algorithm that nobody checks",
                                raw(world.member(), "d", bytes).header("Content-Digest", unknown))
                        .status(201),
                when("the right digest", raw(world.member(), "d", bytes).header("Content-Digest", right))
                        .status(200)
                        .field("/status", "duplicate"));
    }

    private Call byHash(byte[] bytes) {
        return world.http().head("/api/media/by-hash/" + Sample.sha256(bytes)).as(world.guest());
    }

    @TestFactory
    List<DynamicTest> aHashTellsWhetherAnUploadCanBeSkipped() {
        byte[] bytes = Sample.uniqueText();
        world.upload(world.member(), "known.txt", bytes);
        String path = "/api/media/by-hash/";
        return Scenario.table(
                when("known", byHash(bytes)).status(200),
                when("unknown", world.http().head(path + "0".repeat(64)).as(world.guest()))
                        .status(404),
                when("no hash", world.http().head(path + "xyz").as(world.guest()))
                        .status(400, 404),
                when("without a credential", world.http().head(path + Sample.sha256(bytes)))
                        .status(401));
    }

    @TestFactory
    List<DynamicTest> bodiesThatAreNoUploadAreRefused() {
        Person member = world.member();
        String boundary = "multipart/form-data; boundary=zzz";
        String cut = "--zzz\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.txt\"\r\n\r\nhalf";
        return Scenario.table(
                when("JSON", world.http().post("/api/media").as(member).json("files", "a"))
                        .status(400, 415),
                when("no boundary", world.http().post("/api/media").as(member).text("multipart/form-data", "x"))
                        .status(400, 415),
                when(
                                "no files",
                                upload(
                                        member,
                                        new Multipart().raw("Content-Disposition: form-data; name=\"x\"", new byte[1])))
                        .status(400, 422),
                when("another field name", upload(member, new Multipart().part("photo", "a.txt", Sample.uniqueText())))
                        .status(400, 422),
                when("cut off", world.http().post("/api/media").as(member).text(boundary, cut))
                        .status(200, 400)
                        .without("\"stored\""),
                when(
                                "a part that ends in a broken delimiter",
                                world.http().post("/api/media").as(member).text(boundary, cut + "\r\n--zzzx"))
                        .status(200, 400)
                        .without("\"stored\""),
                when("an empty raw body", raw(member, "empty.txt", new byte[0]))
                        .status(400, 422)
                        .field("/code", "empty"),
                when("by a guest", upload(world.guest(), Multipart.file("g.txt", Sample.uniqueText())))
                        .status(403),
                when("raw by a guest", raw(world.guest(), "g.txt", Sample.uniqueText()))
                        .status(403));
    }

    @TestFactory
    List<DynamicTest> fileNamesAreDataAndNeverPaths() {
        return Scenario.table(
                named("path parts of Unix", "../../etc/passwd", "passwd"),
                named("path parts of Windows", "C:\\Users\\mel\\photo.txt", "photo.txt"),
                named("control characters", "a\u0001b\u007fc.txt", "abc.txt"),
                named("line breaks", "a\r\nX-Evil: 1.txt", "aX-Evil: 1.txt"),
                named("a NUL", "a\0.txt", "a.txt"),
                named("decomposed letters", "Cafe\u0301.txt", "Caf\u00e9.txt"),
                named("quotes", "say \"hi\".txt", "say \"hi\".txt"),
                named("emoji", "🏖 beach.txt", "🏖 beach.txt"));
    }

    private Scenario named(String name, String sent, String stored) {
        return when(name, raw(world.member(), sent, Sample.uniqueText()))
                .status(201)
                .field("/media/filename", stored);
    }

    @TestFactory
    List<DynamicTest> everyFileHasAName() {
        return List.of("..", "/", "\\", "\u0007", " ", ".").stream()
                .map(name -> when(
                                "\"" + name.replace("\u0007", "bell") + "\"",
                                raw(world.member(), name, Sample.uniqueText()))
                        .status(201)
                        .and(reply -> assertThat(reply.textAt("/media/filename"))
                                .isNotBlank()
                                .isNotIn("..", ".", "/", "\\")))
                .map(Scenario::test)
                .toList();
    }

    @Test
    void aLongNameIsCutTo255BytesBetweenCharacters() {
        String stored = raw(world.member(), "ö".repeat(300) + ".txt", Sample.uniqueText())
                .expect(201)
                .textAt("/media/filename");
        assertThat(stored.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(200, 255);
        assertThat(stored).doesNotContain("\ufffd").startsWith("öööö");
    }

    @Test
    void multipartNamesInUtf8AreReadAsTheyAre() {
        long id = world.upload(world.member(), "Пляж 写真.txt", Sample.uniqueText());
        assertThat(media(id).textAt("/filename")).isEqualTo("Пляж 写真.txt");
        long other = world.upload(world.member(), "../x/y.txt", Sample.uniqueText());
        assertThat(media(other).textAt("/filename")).isEqualTo("y.txt");
    }

    @Test
    void aLargeFileStreamsThrough() throws IOException {
        byte[] bytes = new byte[12 * 1024 * 1024];
        new Random(7).nextBytes(bytes);
        Reply reply = raw(world.member(), "large.bin", bytes).expect(201);
        assertThat(reply.textAt("/media/kind")).isEqualTo("other");
        Reply content = world.http()
                .get("/api/media/" + reply.longAt("/media/id") + "/content")
                .as(world.guest())
                .expect(200);
        assertThat(Sample.sha256(content.body())).isEqualTo(Sample.sha256(bytes));
        try (var left = Files.list(world.server().dataDir().resolve("tmp"))) {
            // Pictures of other tests are made small meanwhile.
            assertThat(left.filter(file -> !file.getFileName().toString().startsWith("thumbnail-")))
                    .isEmpty();
        }
    }
}
