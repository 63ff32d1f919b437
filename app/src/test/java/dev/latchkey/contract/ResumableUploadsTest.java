package dev.latchkey.contract;

import static dev.latchkey.harness.Scenario.when;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Await;
import dev.latchkey.harness.Call;
import dev.latchkey.harness.Http;
import dev.latchkey.harness.Keyring;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.RawHttp;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.Sample;
import dev.latchkey.harness.Scenario;
import dev.latchkey.harness.TestServer;
import dev.latchkey.harness.TusClient;
import dev.latchkey.harness.World;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** tus 1.0.0, by its text: https://tus.io/protocols/resumable-upload. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResumableUploadsTest {
    private static final int MAX = 5_000_000;
    private static final byte[] FIVE = Sample.utf8("hello");

    private World world;
    private Http http;
    private TusClient tus;

    @BeforeAll
    void start() {
        world = World.start(Map.of("upload.max_bytes", String.valueOf(MAX)));
        http = world.http();
        tus = new TusClient(http, world.member());
    }

    @AfterAll
    void stop() {
        world.close();
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random().nextBytes(bytes);
        return bytes;
    }

    private static byte[] part(byte[] bytes, int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }

    private byte[] content(Reply finished) {
        String path = "/api/media/" + finished.header("Latchkey-Media-Id") + "/content";
        return http.get(path).as(world.member()).expect(200).body();
    }

    private Path file(String upload) {
        String id = upload.substring(upload.lastIndexOf('/') + 1);
        return world.server().dataDir().resolve("tmp").resolve("upload-" + id);
    }

    @TestFactory
    List<DynamicTest> theServerSaysWhatItCanDo() {
        return Stream.of("/api/uploads", "/api/uploads/1")
                .map(path -> when("OPTIONS " + path, http.call("OPTIONS", path))
                        .status(204)
                        .header("Tus-Resumable", "1.0.0")
                        .header("Tus-Version", "1.0.0")
                        .header("Tus-Max-Size", String.valueOf(MAX))
                        .header("Tus-Extension", "creation,creation-with-upload,expiration,checksum,termination")
                        .header("Tus-Checksum-Algorithm", "sha1,sha256,md5")
                        .test())
                .toList();
    }

    @Test
    void aFileComesInPiecesAndBecomesAMediumWithTheLast() {
        byte[] bytes = random(1000);
        Reply begun = tus.begin(1000, "../../Straße.bin").expect(201);
        String upload = begun.header("Location");
        assertThat(upload).matches("/api/uploads/[0-9]+");
        assertThat(begun.header("Tus-Resumable")).isEqualTo("1.0.0");
        assertThat(begun.header("Upload-Expires"))
                .matches("[A-Z][a-z]{2}, \\d\\d [A-Z][a-z]{2} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT");

        Reply first = tus.piece(upload, 0, part(bytes, 0, 400)).expect(204);
        assertThat(first.header("Upload-Offset")).isEqualTo("400");
        assertThat(first.header("Upload-Expires")).isNotEmpty();
        assertThat(first.header("Latchkey-Media-Id")).isEmpty();
        Reply between = tus.look(upload).expect(200);
        assertThat(between.header("Upload-Offset")).isEqualTo("400");
        assertThat(between.header("Upload-Length")).isEqualTo("1000");
        assertThat(between.header("Upload-Metadata")).isEqualTo("filename Li4vLi4vU3RyYcOfZS5iaW4=");
        assertThat(between.header("Cache-Control")).isEqualTo("no-store");
        tus.piece(upload, 400, part(bytes, 400, 999)).expect(204);
        Reply last = tus.piece(upload, 999, part(bytes, 999, 1000)).expect(204);

        assertThat(last.header("Upload-Offset")).isEqualTo("1000");
        assertThat(last.header("Latchkey-Upload-Status")).isEqualTo("stored");
        assertThat(content(last)).isEqualTo(bytes);
        Reply media = http.get("/api/media/" + last.header("Latchkey-Media-Id"))
                .as(world.member())
                .expect(200);
        assertThat(media.textAt("/filename")).isEqualTo("Straße.bin");
        assertThat(media.textAt("/sha256")).isEqualTo(Sample.sha256(bytes));
        assertThat(media.longAt("/uploader/id")).isEqualTo(world.member().id());
        assertThat(file(upload)).doesNotExist();
        Reply after = tus.look(upload).expect(200);
        assertThat(after.header("Upload-Offset")).isEqualTo("1000");
        assertThat(after.header("Latchkey-Media-Id")).isEqualTo(last.header("Latchkey-Media-Id"));
        tus.piece(upload, 1000, new byte[0]).expect(204);
        tus.piece(upload, 1000, FIVE).refused(413, "too_large");
        tus.end(upload).expect(204);
        tus.look(upload).expect(404);
        assertThat(content(last)).as("the medium stays").isEqualTo(bytes);
    }

    @Test
    void aFileMayComeWithItsBeginning() {
        byte[] bytes = random(300);
        Reply begun = tus.begin(300).body(TusClient.PIECE, part(bytes, 0, 100)).expect(201);
        assertThat(begun.header("Upload-Offset")).isEqualTo("100");
        Reply last =
                tus.piece(begun.header("Location"), 100, part(bytes, 100, 300)).expect(204);
        assertThat(content(last)).isEqualTo(bytes);

        Reply again = tus.begin(300, "b").body(TusClient.PIECE, bytes).expect(201);
        assertThat(again.header("Upload-Offset")).isEqualTo("300");
        assertThat(again.header("Latchkey-Upload-Status")).isEqualTo("duplicate");
        assertThat(again.header("Latchkey-Media-Id")).isEqualTo(last.header("Latchkey-Media-Id"));
    }

    @TestFactory
    List<DynamicTest> whatCannotBeBegunIsRefused() {
        Http bare = http.with("Authorization", "Bearer " + world.member().token());
        String json = "application/json";
        return Scenario.table(
                when("no version", bare.post("/api/uploads").header("Upload-Length", "5"))
                        .problem(412, "tus_version")
                        .header("Tus-Version", "1.0.0"),
                when("another version", bare.post("/api/uploads").header("Tus-Resumable", "0.2.2"))
                        .problem(412, "tus_version"),
                when("another method in a header", tus.begin(5).header("X-HTTP-Method-Override", "PATCH"))
                        .problem(400, "malformed"),
                when("no length", bare.post("/api/uploads").header("Tus-Resumable", "1.0.0"))
                        .problem(400, "length_required"),
                when("a length to come", tus.begin(5).header("Upload-Defer-Length", "1"))
                        .problem(400, "length_required"),
                when("a part of something", tus.begin(5).header("Upload-Concat", "partial"))
                        .problem(400, "malformed"),
                when("two lengths", tus.begin(5).header("Upload-Length", "6")).problem(400, "malformed"),
                when("nothing", tus.begin(0)).problem(400, "empty"),
                when("too much", tus.begin(MAX + 1L)).problem(413, "too_large"),
                when("much too much", tus.begin(999_999_999_999_999_999L)).problem(413, "too_large"),
                when("a body of another type", tus.begin(5).body(json, FIVE)).problem(415, "unsupported_media_type"),
                when("a body of no type", tus.begin(5).body(FIVE)).problem(415, "unsupported_media_type"),
                when("more than announced", tus.begin(4).body(TusClient.PIECE, FIVE))
                        .problem(413, "too_large"),
                when("by a guest", new TusClient(http, world.guest()).begin(5)).problem(403, "forbidden"),
                when("by nobody", new TusClient(http, null).begin(5)).problem(401, "unauthenticated"));
    }

    @TestFactory
    Stream<DynamicTest> lengthsThatAreNoneAreRefused() {
        return Stream.of("-1", "+5", "5.0", "1e3", "0x10", "05", "five", "", "9223372036854775807", "9".repeat(40))
                .map(length -> when("length " + length, tus.begin(length))
                        .problem(400, "malformed")
                        .test());
    }

    @TestFactory
    Stream<DynamicTest> metadataThatIsNoneIsRefused() {
        Map<String, String> hostile = Map.of(
                "no Base64", "filename a.jpg!",
                "a key twice", "filename YQ==,filename YQ==",
                "only a comma", ",",
                "a pair of nothing", "filename YQ==,,x",
                "a comma at the end", "filename YQ==,",
                "a NUL in the name", "filename YQBi",
                "no UTF-8", "filename /w==",
                "three words", "filename YQ== YQ==",
                "a key without an end", "k".repeat(300));
        return hostile.entrySet().stream()
                .map(entry -> when(entry.getKey(), tus.begin(5).header("Upload-Metadata", entry.getValue()))
                        .problem(400, "malformed")
                        .test());
    }

    @Test
    void metadataThatNeverEndsIsRefusedBeforeItIsRead() {
        tus.begin(5)
                .header("Upload-Metadata", "filename " + "YWFh".repeat(10_000))
                .expect(431);
        for (String octets : List.of("filename a\0b", "f\u00fcr YQ==", "f\u00c3\u00bcr YQ==")) {
            try (RawHttp raw = world.server().raw()) {
                raw.exchange(
                                "POST /api/uploads HTTP/1.1",
                                "Host: localhost",
                                "Authorization: Bearer " + world.member().token(),
                                "Tus-Resumable: 1.0.0",
                                "Upload-Length: 5",
                                "Upload-Metadata: " + octets)
                        .expect(400);
            }
        }
    }

    @TestFactory
    List<DynamicTest> piecesThatDoNotFitChangeNothing() {
        String upload = tus.begun(10);
        tus.piece(upload, 0, FIVE).expect(204);
        return Scenario.table(
                when("an earlier place", tus.piece(upload, 0, FIVE)).problem(409, "wrong_offset"),
                when("a little later", tus.piece(upload, 6, FIVE)).problem(409, "wrong_offset"),
                when("behind the end", tus.piece(upload, 10, FIVE)).problem(409, "wrong_offset"),
                when("far behind it", tus.piece(upload, 999_999_999_999_999_999L, FIVE))
                        .problem(409, "wrong_offset"),
                when("before the beginning", tus.piece(upload, -5, FIVE)).problem(400, "malformed"),
                when("beyond all numbers", tus.piece(upload, Long.MAX_VALUE, FIVE))
                        .problem(400, "malformed"),
                when("no number", tus.piece(upload, "five", FIVE)).problem(400, "malformed"),
                when("two numbers", tus.piece(upload, 5, FIVE).header("Upload-Offset", "6"))
                        .problem(400, "malformed"),
                when(
                                "no place",
                                world.http()
                                        .patch(upload)
                                        .as(world.member())
                                        .header("Tus-Resumable", "1.0.0")
                                        .body(TusClient.PIECE, FIVE))
                        .problem(400, "malformed"),
                when("more than announced", tus.piece(upload, 5, random(6))).problem(413, "too_large"),
                when(
                                "another type",
                                world.http()
                                        .patch(upload)
                                        .as(world.member())
                                        .header("Tus-Resumable", "1.0.0")
                                        .header("Upload-Offset", "5")
                                        .body("application/octet-stream", FIVE))
                        .problem(415, "unsupported_media_type"),
                when("by somebody else", new TusClient(http, world.manager()).piece(upload, 5, FIVE))
                        .problem(404, "not_found"),
                when("ended by somebody else", new TusClient(http, world.admin()).end(upload))
                        .problem(404, "not_found"),
                when("looked at by somebody else", new TusClient(http, world.admin()).look(upload))
                        .status(404),
                when("looked at without a version", http.head(upload).as(world.member()))
                        .status(412),
                when("it is where it was", tus.look(upload)).status(200).header("Upload-Offset", "5"));
    }

    @Test
    void whoeverAsksBeforeSendingIsToldAtOnce() {
        String upload = tus.begun(10);
        try (RawHttp raw = world.server().raw()) {
            raw.write(patch(upload, 7, "Content-Length: 3\r\nExpect: 100-continue"))
                    .read()
                    .refused(409, "wrong_offset");
        }
    }

    @Test
    void morePiecesThanAnnouncedInChunksAreDropped() {
        String upload = tus.begun(10);
        try (RawHttp raw = world.server().raw()) {
            raw.write(patch(upload, 0, "Transfer-Encoding: chunked") + "6\r\nsixsix\r\n6\r\nsixsix\r\n0\r\n\r\n")
                    .read()
                    .refused(413, "too_large");
        }
        assertThat(tus.offset(upload)).isZero();
    }

    private String patch(String upload, long offset, String length) {
        return String.join(
                "\r\n",
                "PATCH " + upload + " HTTP/1.1",
                "Host: localhost",
                "Authorization: Bearer " + world.member().token(),
                "Tus-Resumable: 1.0.0",
                "Upload-Offset: " + offset,
                "Content-Type: " + TusClient.PIECE,
                length,
                "",
                "");
    }

    @TestFactory
    Stream<DynamicTest> whatIsNoUploadIsNotFound() {
        return Stream.of(
                        "99999999",
                        "abc",
                        "-1",
                        "0",
                        "1e5",
                        "..%2f..%2fkeys.properties",
                        "99999999999999999999",
                        "1%00")
                .flatMap(id -> Stream.of(
                                tus.look("/api/uploads/" + id),
                                tus.piece("/api/uploads/" + id, 0, FIVE),
                                tus.end("/api/uploads/" + id))
                        .map(call -> when(id, call).status(400, 404).test()));
    }

    @TestFactory
    List<DynamicTest> aPieceIsHeldAgainstItsChecksum() throws Exception {
        String upload = tus.begun(20);
        return Scenario.table(
                when("wrong", tus.piece(upload, 0, FIVE).header("Upload-Checksum", sum("sha1", "SHA-1", "hullo")))
                        .problem(460, "checksum_mismatch"),
                when("nothing stays", tus.look(upload)).header("Upload-Offset", "0"),
                when("sha1", tus.piece(upload, 0, FIVE).header("Upload-Checksum", sum("sha1", "SHA-1", "hello")))
                        .status(204),
                when("sha256", tus.piece(upload, 5, FIVE).header("Upload-Checksum", sum("sha256", "SHA-256", "hello")))
                        .status(204),
                when("md5", tus.piece(upload, 10, FIVE).header("Upload-Checksum", sum("md5", "MD5", "hello")))
                        .status(204),
                when("wrong later", tus.piece(upload, 15, FIVE).header("Upload-Checksum", sum("md5", "MD5", "hullo")))
                        .problem(460, "checksum_mismatch"),
                when("unknown", tus.piece(upload, 15, FIVE).header("Upload-Checksum", "crc32 AAAA"))
                        .problem(400, "unsupported_checksum"),
                when("no Base64", tus.piece(upload, 15, FIVE).header("Upload-Checksum", "sha1 !!!"))
                        .problem(400, "malformed"),
                when("of nothing", tus.piece(upload, 15, FIVE).header("Upload-Checksum", "sha1"))
                        .problem(460, "checksum_mismatch"),
                when("what was right stays", tus.look(upload)).header("Upload-Offset", "15"),
                when(
                                "at the beginning",
                                tus.begin(9)
                                        .body(TusClient.PIECE, FIVE)
                                        .header("Upload-Checksum", sum("sha1", "SHA-1", "hullo")))
                        .problem(460, "checksum_mismatch"),
                when("and it goes on", tus.piece(upload, 15, FIVE)).status(204));
    }

    @Test
    void theWholeFileIsHeldAgainstItsDigest() {
        byte[] bytes = random(100);
        String right = "sha-256=:" + Base64.getEncoder().encodeToString(Sample.digest(bytes)) + ":";
        String wrong = "sha-256=:" + Base64.getEncoder().encodeToString(Sample.digest(FIVE)) + ":";
        String upload = tus.begun(100);
        tus.piece(upload, 0, part(bytes, 0, 50)).header("Repr-Digest", wrong).expect(204);
        tus.piece(upload, 50, part(bytes, 50, 100)).header("Repr-Digest", wrong).refused(400, "digest_mismatch");
        tus.look(upload).expect(410);
        tus.begin(100).body(TusClient.PIECE, bytes).header("Repr-Digest", right).expect(201);
    }

    private static String sum(String name, String algorithm, String text) throws Exception {
        byte[] digest = MessageDigest.getInstance(algorithm).digest(Sample.utf8(text));
        return name + " " + Base64.getEncoder().encodeToString(digest);
    }

    @Test
    void aBrokenConnectionKeepsWhatCameAndARestartToo() throws Exception {
        byte[] bytes = random(1_000_000);
        String upload = tus.begun(bytes.length);
        try (RawHttp raw = world.server().raw()) {
            raw.write(patch(upload, 0, "Content-Length: " + bytes.length)).offer(part(bytes, 0, 333_333));
        }
        Await.until("all that was sent is there", () -> tus.offset(upload) == 333_333);
        assertThat(Files.readAllBytes(file(upload))).isEqualTo(part(bytes, 0, 333_333));
        if (Files.getFileStore(file(upload)).supportsFileAttributeView("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file(upload))))
                    .isEqualTo("rw-------");
        }
        tus.piece(upload, 333_333, part(bytes, 333_333, 500_000)).expect(204);

        world.server().restart();

        assertThat(tus.offset(upload)).isEqualTo(500_000);
        Reply last =
                tus.piece(upload, 500_000, part(bytes, 500_000, bytes.length)).expect(204);
        assertThat(content(last)).isEqualTo(bytes);
    }

    @Test
    void aBrokenPieceWithAChecksumIsDropped() throws Exception {
        String upload = tus.begun(1000);
        try (RawHttp raw = world.server().raw()) {
            raw.write(patch(upload, 0, "Content-Length: 500\r\nUpload-Checksum: " + sum("md5", "MD5", "x")) + "half");
        }
        assertThat(tus.offset(upload)).isZero();
    }

    /** As after a kill between the last byte and the commit: the file lies there whole, and nothing names it. */
    @Test
    void whatIsWholeButWasNotEndedIsEndedByALook() throws Exception {
        byte[] bytes = random(500);
        String upload = tus.begun(500);
        tus.piece(upload, 0, part(bytes, 0, 400)).expect(204);
        Files.write(file(upload), bytes);

        Reply looked = tus.look(upload).expect(200);

        assertThat(looked.header("Upload-Offset")).isEqualTo("500");
        assertThat(content(looked)).isEqualTo(bytes);
    }

    @Test
    void anUploadExpiresADayAfterItsLastPiece() {
        String upload = tus.begun(20);
        world.clock().advance(Duration.ofHours(20));
        tus.piece(upload, 0, FIVE).expect(204);
        world.clock().advance(Duration.ofHours(20));
        assertThat(tus.offset(upload)).isEqualTo(5);
        world.clock().advance(Duration.ofHours(4));
        tus.look(upload).expect(410);
        tus.piece(upload, 5, FIVE).refused(410, "upload_over");
        tus.end(upload).expect(204);
        tus.look(upload).expect(404);
    }

    @Test
    void anUploadThatIsRefusedInTheEndIsOver() {
        byte[] bytes = random(50);
        long id = world.upload(world.member(), "bad.bin", bytes);
        http.delete("/api/media/" + id).as(world.manager()).expect(204);
        String upload = tus.begun(50);

        tus.piece(upload, 0, bytes).refused(403, "removed");

        tus.look(upload).expect(410);
        tus.piece(upload, 0, bytes).refused(410, "upload_over");
        assertThat(file(upload)).doesNotExist();
    }

    @Test
    void aQuotaHoldsFromTheBeginningAndAgainstEverythingUnderWay() {
        Person small = world.join("sam", "member");
        http.patch("/api/users/" + small.id())
                .as(world.admin())
                .json("quota_bytes", 1000)
                .expect(200);
        TusClient sam = new TusClient(http, small);
        sam.begin(1001).refused(403, "quota_exceeded");
        String upload = sam.begun(600);
        sam.begin(401).refused(403, "quota_exceeded");
        byte[] bytes = random(600);
        sam.piece(upload, 0, part(bytes, 0, 100)).expect(204);
        world.clock().advance(Duration.ofHours(2)); // what rests counts as what has come
        String other = sam.begun(850);
        sam.piece(upload, 100, part(bytes, 100, 600)).refused(403, "quota_exceeded");
        sam.end(other).expect(204);
        sam.piece(upload, 100, part(bytes, 100, 600)).expect(204);
        assertThat(http.get("/api/auth/me").as(small).expect(200).longAt("/user/used_bytes"))
                .isEqualTo(600);
    }

    @Test
    void aPersonMayHaveAHundredUnderWay() {
        TusClient tim = new TusClient(http, world.join("tim", "member"));
        String first = tim.begun(10);
        for (int i = 1; i < 100; i++) {
            tim.begin(10).expect(201);
        }
        tim.begin(10).refused(409, "too_many");
        tim.end(first).expect(204);
        tim.begin(10).expect(201);
        tus.begin(10).expect(201);
    }

    @Test
    void allUploadsUnderWayTogetherLeaveTheReserveAlone() throws Exception {
        try (TestServer local = TestServer.start(Map.of("upload.max_bytes", "8000000TB"))) {
            TusClient owner = new TusClient(local.http(), null);
            long free = Files.getFileStore(local.dataDir()).getUsableSpace();
            String first = owner.begun(free / 10 * 6);
            owner.begin(free / 10 * 6).refused(507, "storage_full");
            local.restart();
            try (RawHttp raw = local.raw()) {
                raw.exchange(
                                "PUT /api/media/raw?filename=a HTTP/1.1",
                                "Host: localhost",
                                "Expect: 100-continue",
                                "Content-Length: " + free / 10 * 6)
                        .refused(507, "storage_full");
            }
            owner.end(first).expect(204);
            String second = owner.begun(free / 10 * 6);
            owner.piece(second, 0, FIVE).expect(204);
        }
    }

    private record Way(String request, String before, String after) {}

    /** The request was let in before its sender was locked, and ends after. */
    @TestFactory
    Stream<DynamicTest> nothingIsStoredOfSomebodyWhoWasLockedMeanwhile() {
        Keyring keys = new Keyring(world);
        String form = "--x\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a\"\r\n\r\n";
        return Map.of(
                        "tus", new Way("", "", ""),
                        "PUT", new Way("PUT /api/media/raw?filename=a", "", ""),
                        "form", new Way("POST /api/media", form, "\r\n--x--\r\n"))
                .entrySet()
                .stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    Person person = keys.somebody("member");
                    TusClient theirs = new TusClient(http, person);
                    String upload = theirs.begun(400_000);
                    Way way = entry.getValue();
                    byte[] bytes = random(400_000);
                    byte[] first = concat(Sample.utf8(way.before()), part(bytes, 0, 300_000));
                    byte[] rest = concat(part(bytes, 300_000, 400_000), Sample.utf8(way.after()));
                    String type = entry.getKey().equals("form") ? "multipart/form-data; boundary=x" : TusClient.PIECE;
                    try (RawHttp raw = world.server().raw()) {
                        raw.write(String.join(
                                "\r\n",
                                (way.request().isEmpty() ? "PATCH " + upload : way.request()) + " HTTP/1.1",
                                "Host: localhost",
                                "Authorization: Bearer " + person.token(),
                                "Tus-Resumable: 1.0.0",
                                "Upload-Offset: 0",
                                "Content-Type: " + type,
                                "Content-Length: " + (first.length + rest.length),
                                "",
                                ""));
                        raw.offer(first);
                        Await.until("the first bytes", () -> hasFileOf(upload, way));
                        keys.order(person, "deactivate").expect(200);
                        theirs.look(upload).expect(401);
                        theirs.piece(upload, 0, FIVE).refused(401, "invalid_token");
                        raw.offer(rest).read().refused(401, "invalid_token");
                    }
                    assertThat(http.get("/api/media?uploader_id=" + person.id())
                                    .as(world.admin())
                                    .expect(200)
                                    .at("/items"))
                            .isEmpty();
                    http.head("/api/media/by-hash/" + Sample.sha256(bytes))
                            .as(world.admin())
                            .expect(404);
                }));
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private boolean hasFileOf(String upload, Way way) {
        File[] parts = file(upload).getParent().toFile().listFiles((folder, name) -> name.endsWith(".part"));
        return way.request().isEmpty() ? file(upload).toFile().length() > 0 : parts.length > 0;
    }

    @Test
    void theLocalOwnerUploadsWithoutALoginAndNobodyInheritsTheRest() {
        try (TestServer local = TestServer.start()) {
            TusClient owner = new TusClient(local.http(), null);
            byte[] bytes = random(30);
            String open = owner.begun(30);
            Reply last = owner.piece(owner.begun(30), 0, bytes).expect(204);
            local.http().get("/api/media/" + last.header("Latchkey-Media-Id")).expect(200);
            Person admin = World.setUp(local);
            owner.look(open).expect(401);
            new TusClient(local.http(), admin).look(open).expect(404);
        }
    }

    @Test
    void aTokenNeedsTheScope() {
        Call read =
                http.post("/api/auth/tokens").as(world.member()).json("name", "r", "scopes", List.of("library:read"));
        String token = read.expect(201).textAt("/token");
        tus.begin(5).expect(201);
        http.post("/api/uploads")
                .bearer(token)
                .header("Tus-Resumable", "1.0.0")
                .header("Upload-Length", "5")
                .refused(403, "insufficient_scope");
    }
}
