package dev.latchkey.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.latchkey.extract.Facts.Thumbnail;
import dev.latchkey.harness.Await;
import dev.latchkey.harness.Photo;
import dev.latchkey.harness.Sample;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExtractorTest {
    private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
    private static final int RED = 0xff0000;
    private static final int GREEN = 0x00ff00;
    private static final int BLUE = 0x0000ff;
    private static final int WHITE = 0xffffff;

    @TempDir
    Path folder;

    private Extractor extractor;

    @BeforeAll
    void start() {
        extractor = new Extractor("");
    }

    @AfterAll
    void stop() {
        extractor.close();
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("file"), bytes);
    }

    private Path small() {
        return folder.resolve("small");
    }

    private Path large() {
        return folder.resolve("large");
    }

    private Facts extract(Extractor with, String mediaType, byte[] bytes) throws IOException {
        Files.deleteIfExists(small());
        Files.deleteIfExists(large());
        return with.extract(file(bytes), mediaType, small(), large(), NOW);
    }

    private Facts extract(String mediaType, byte[] bytes) throws IOException {
        return extract(extractor, mediaType, bytes);
    }

    private BufferedImage read(Path file) throws IOException {
        return Photo.read(Files.readAllBytes(file));
    }

    private static void assertNear(int rgb, int colour) {
        for (int shift = 0; shift <= 16; shift += 8) {
            assertThat(rgb >> shift & 0xff).as(Integer.toHexString(rgb)).isCloseTo(colour >> shift & 0xff, within());
        }
    }

    private static org.assertj.core.data.Offset<Integer> within() {
        return org.assertj.core.data.Offset.offset(40);
    }

    private static void assertCorners(BufferedImage image, int topLeft, int topRight, int bottomLeft) {
        int right = image.getWidth() * 3 / 4;
        int bottom = image.getHeight() * 3 / 4;
        assertNear(image.getRGB(image.getWidth() / 4, image.getHeight() / 4), topLeft);
        assertNear(image.getRGB(right, image.getHeight() / 4), topRight);
        assertNear(image.getRGB(image.getWidth() / 4, bottom), bottomLeft);
    }

    private record Turned(int orientation, int topLeft, int topRight, int bottomLeft) {}

    @TestFactory
    List<DynamicTest> shows_pictures_upright_however_the_camera_was_held() {
        List<Turned> all = List.of(
                new Turned(1, RED, GREEN, BLUE),
                new Turned(2, GREEN, RED, WHITE),
                new Turned(3, WHITE, BLUE, GREEN),
                new Turned(4, BLUE, WHITE, RED),
                new Turned(5, RED, BLUE, GREEN),
                new Turned(6, BLUE, RED, WHITE),
                new Turned(7, WHITE, GREEN, BLUE),
                new Turned(8, GREEN, WHITE, RED));
        return all.stream()
                .map(turned -> DynamicTest.dynamicTest("orientation " + turned.orientation(), () -> upright(turned)))
                .toList();
    }

    private void upright(Turned turned) throws IOException {
        byte[] bytes = Photo.camera(640, 320, turned.orientation(), "2024:05:06 07:08:09", "+02:00");
        Facts facts = extract("image/jpeg", bytes);
        boolean swapped = turned.orientation() >= 5;
        assertThat(facts.width()).isEqualTo(swapped ? 320 : 640);
        assertThat(facts.height()).isEqualTo(swapped ? 640 : 320);
        BufferedImage small = read(small());
        assertThat(small.getWidth()).isEqualTo(swapped ? 128 : 256);
        assertThat(small.getHeight()).isEqualTo(swapped ? 256 : 128);
        assertCorners(small, turned.topLeft(), turned.topRight(), turned.bottomLeft());
        assertCorners(read(large()), turned.topLeft(), turned.topRight(), turned.bottomLeft());
    }

    @Test
    void makes_two_sizes_of_every_format_and_none_larger_than_the_picture() throws IOException {
        for (String format : List.of("jpeg", "png", "gif")) {
            Facts facts = extract("image/" + format, Photo.of(format, 1500, 600));
            assertThat(facts).isEqualTo(new Facts(1500, 600, null, null, Thumbnail.JPEG));
            assertThat(read(large()).getWidth()).as(format).isEqualTo(1024);
            assertThat(read(large()).getHeight()).as(format).isEqualTo(410);
            assertThat(read(small()).getWidth()).as(format).isEqualTo(256);
            assertCorners(read(large()), RED, GREEN, BLUE);
        }
        for (byte[] webp : List.of(Photo.webp(), Photo.losslessWebp())) {
            assertThat(extract("image/webp", webp).thumbnail().isMade()).isTrue();
            assertThat(read(large()).getWidth()).isEqualTo(1);
        }
    }

    @Test
    void keeps_what_is_transparent() throws IOException {
        assertThat(extract("image/png", Photo.transparent(300, 300)).thumbnail())
                .isEqualTo(Thumbnail.PNG);
        assertThat(read(small()).getRGB(200, 200) >>> 24).isZero();
        assertCorners(read(small()), RED, GREEN, BLUE);
    }

    @Test
    void knows_when_a_picture_was_taken_by_the_clock_of_the_camera_and_its_distance_from_UTC() throws IOException {
        byte[] told = Photo.camera(16, 16, 1, "2024:05:06 07:08:09", "+02:00");
        assertThat(extract("image/jpeg", told).takenAt()).isEqualTo("2024-05-06T05:08:09Z");
        byte[] silent = Photo.camera(16, 16, 1, "2024:05:06 07:08:09", null);
        assertThat(extract("image/jpeg", silent).takenAt())
                .isEqualTo(java.time.LocalDateTime.parse("2024-05-06T07:08:09")
                        .atZone(ZoneId.systemDefault())
                        .toInstant());
        for (String wrong : List.of("0000:00:00 00:00:00", "    :  :     :  :  ", "2031:01:01 00:00:00", "nonsense")) {
            assertThat(extract("image/jpeg", Photo.camera(16, 16, 1, wrong, "+02:00"))
                            .takenAt())
                    .as(wrong)
                    .isNull();
        }
    }

    private record Broken(String name, String mediaType, byte[] bytes) {}

    @Test
    void refuses_what_is_broken_or_a_bomb_and_reads_the_next_file() throws IOException {
        List<Broken> all = List.of(
                new Broken("text", "image/jpeg", Sample.uniqueText()),
                new Broken("only a head", "image/jpeg", Photo.onlyTheHead()),
                new Broken("another format", "image/jpeg", Photo.of("png", 16, 16)),
                new Broken("cut PNG", "image/png", Photo.cut(Photo.of("png", 64, 64), 60)),
                new Broken("cut GIF", "image/gif", Photo.cut(Photo.of("gif", 64, 64), 12)),
                new Broken("cut WebP", "image/webp", Photo.cut(Photo.webp(), 24)),
                new Broken("empty", "image/png", new byte[0]),
                new Broken("bomb", "image/png", Photo.bomb(30_000, 30_000, 1)),
                new Broken("wide", "image/jpeg", Photo.pretending(65_535, 16)),
                new Broken("huge", "image/jpeg", Photo.pretending(65_500, 65_500)),
                new Broken("screen", "image/gif", Photo.gifOnHugeScreen()));
        for (Broken broken : all) {
            assertThat(extract(broken.mediaType(), broken.bytes()).thumbnail())
                    .as(broken.name())
                    .isEqualTo(Thumbnail.REFUSED);
            assertThat(small()).as(broken.name()).doesNotExist();
        }
        assertThat(extract("image/png", Photo.of("png", 16, 16)).thumbnail()).isEqualTo(Thumbnail.JPEG);
    }

    @Test
    void shrinks_the_largest_pictures_with_little_memory() throws IOException {
        Facts facts = extract("image/png", Photo.bomb(10_000, 10_000, 4));
        assertThat(facts).isEqualTo(new Facts(10_000, 10_000, null, null, Thumbnail.JPEG));
        assertThat(read(large()).getWidth()).isEqualTo(1024);
    }

    @Test
    void says_so_when_small_pictures_cannot_be_written() throws IOException {
        Path nowhere = folder.resolve("missing").resolve("small");
        Facts facts = extractor.extract(file(Photo.of("png", 16, 16)), "image/png", nowhere, nowhere, NOW);
        assertThat(facts.thumbnail()).isEqualTo(Thumbnail.NOT_WRITTEN);
    }

    @Test
    void leaves_films_without_a_picture_where_there_is_no_program_for_them() throws IOException {
        assertThat(extractor.readableByProgram()).isEmpty();
        assertThat(extract("video/webm", Sample.uniqueText()).thumbnail()).isEqualTo(Thumbnail.NONE);
        assertThat(extractor.knows("text/plain")).isFalse();
        assertThat(extract("text/plain", Sample.uniqueText())).isEqualTo(Facts.nothing());
    }

    /** Programs that write down how they were called, and then do as told. */
    private Extractor withPrograms(String ffprobe, String ffmpeg, Duration limit) throws IOException {
        Files.deleteIfExists(folder.resolve("called"));
        Path programs = Files.createTempDirectory(folder, "programs");
        script(programs.resolve("ffprobe"), ffprobe);
        script(programs.resolve("ffmpeg"), ffmpeg);
        return new Extractor(programs.toString(), limit);
    }

    private void script(Path file, String command) throws IOException {
        Files.writeString(file, "#!/bin/sh\necho \"$@\" >>'" + folder.resolve("called") + "'\n" + command + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void asks_ffmpeg_for_pictures_of_films_and_lets_it_open_nothing_else() throws IOException {
        Path frame = Files.write(folder.resolve("frame.png"), Photo.of("png", 90, 160));
        String told = "printf 'streams.stream.0.width=160\\nstreams.stream.0.height=90\\n"
                + "streams.stream.0.side_data_list.side_data.0.rotation=-90\\nformat.duration=\"12.5\"\\n'";
        try (Extractor films = withPrograms(told, "cat '" + frame + "'", Duration.ofSeconds(30))) {
            assertThat(films.readableByProgram())
                    .contains("video/webm", "image/heic")
                    .doesNotContain("image/jpeg");
            Facts facts = extract(films, "video/webm", Sample.uniqueText());
            assertThat(facts).isEqualTo(new Facts(90, 160, Duration.ofMillis(12_500), null, Thumbnail.JPEG));
            assertCorners(read(large()), RED, GREEN, BLUE);
            assertThat(Files.readAllLines(folder.resolve("called")))
                    .filteredOn(call -> !call.equals("-version"))
                    .hasSize(2)
                    .allMatch(call ->
                            call.contains("-protocol_whitelist file -format_whitelist matroska,webm -f matroska")
                                    && call.contains("-i file:" + folder.resolve("file")));
        }
    }

    @Test
    void asks_ffmpeg_for_covers_that_it_finds_and_nothing_else_does() throws IOException {
        Path frame = Files.write(folder.resolve("frame.png"), Photo.of("png", 90, 160));
        String told = "printf 'streams.stream.0.width=90\\nstreams.stream.0.height=160\\nformat.duration=\"12.5\"\\n'";
        Duration limit = Duration.ofSeconds(30);
        try (Extractor covers = withPrograms(told, "cat '" + frame + "'", limit);
                Extractor broken = withPrograms(told, "exit 1", limit);
                Extractor none = withPrograms("printf 'format.duration=\"12.5\"\\n'", "cat '" + frame + "'", limit)) {
            Facts length = new Facts(null, null, Duration.ofMillis(12_500), null, Thumbnail.NONE);
            assertThat(extract(covers, "audio/ogg", Sample.uniqueText())).isEqualTo(length.with(Thumbnail.JPEG));
            assertThat(extract(broken, "audio/ogg", Sample.uniqueText())).isEqualTo(length);
            assertThat(extract(none, "audio/ogg", Sample.uniqueText())).isEqualTo(length);
        }
    }

    @Test
    void leaves_pictures_alone_that_the_installed_program_is_too_old_for() throws IOException {
        for (String version : List.of("5.1.9-0+deb12u1", "n8.0", "N-109468-gd39b34123d")) {
            String ffmpeg = "echo 'ffmpeg version " + version + " Copyright (c) the FFmpeg developers'";
            try (Extractor films = withPrograms("exit 1", ffmpeg, Duration.ofSeconds(30))) {
                boolean old = version.startsWith("5");
                assertThat(films.readableByProgram().contains("image/heic"))
                        .as(version)
                        .isEqualTo(!old);
                assertThat(films.readableByProgram()).contains("image/avif", "video/mp4");
                assertThat(extract(films, "image/heic", Sample.uniqueText()).thumbnail())
                        .isEqualTo(old ? Thumbnail.NONE : Thumbnail.REFUSED);
            }
        }
    }

    @Test
    void survives_programs_that_fail_or_print_without_end() throws IOException {
        for (String ffmpeg : List.of("exit 1", "true", "yes", "echo no picture")) {
            try (Extractor films = withPrograms("exit 1", ffmpeg, Duration.ofSeconds(30))) {
                assertThat(extract(films, "video/mp4", Sample.uniqueText()).thumbnail())
                        .as(ffmpeg)
                        .isEqualTo(Thumbnail.REFUSED);
            }
        }
    }

    @Test
    void bounds_the_memory_and_the_processor_time_of_programs() throws IOException {
        Path bounds = folder.resolve("bounds");
        String telling = "ulimit -v >'" + bounds + "'; ulimit -t >>'" + bounds + "'; exit 1";
        try (Extractor films = withPrograms(telling, "exit 1", Duration.ofSeconds(30))) {
            extract(films, "video/webm", Sample.uniqueText());
            assertThat(Files.readAllLines(bounds))
                    .as("kilobytes and seconds")
                    .containsExactly(String.valueOf(3 << 20), "60");
        }
    }

    @Test
    void ends_what_takes_too_long_with_everything_it_started() throws IOException {
        Path id = folder.resolve("process-id");
        String hanging = "echo $$ >'" + id + "'; exec sleep 600";
        try (Extractor films = withPrograms(hanging, "true", Duration.ofSeconds(3))) {
            assertThatThrownBy(() -> extract(films, "video/mp4", Sample.uniqueText()))
                    .isInstanceOf(IOException.class);
            long process = Long.parseLong(Files.readString(id).strip());
            Await.until(
                    "the end of a program that hung",
                    () -> ProcessHandle.of(process)
                            .filter(ProcessHandle::isAlive)
                            .isEmpty());
            assertThat(extract(films, "image/png", Photo.of("png", 16, 16)).thumbnail())
                    .isEqualTo(Thumbnail.JPEG);
        }
    }

    @Test
    void reads_a_film_with_the_real_ffmpeg() throws Exception {
        assumeTrue(Programs.on(System.getenv("PATH")).ffmpeg().isPresent(), "ffmpeg is not installed");
        Path film = folder.resolve("film.mp4");
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "quiet", "-f", "lavfi", "-i"));
        command.addAll(List.of("color=red:size=320x180:duration=2:rate=5", "-c:v", "mpeg4", film.toString()));
        assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
        try (Extractor films = new Extractor(System.getenv("PATH"))) {
            Facts facts = films.extract(film, "video/mp4", small(), large(), NOW);
            assertThat(facts).isEqualTo(new Facts(320, 180, Duration.ofSeconds(2), null, Thumbnail.JPEG));
            assertNear(read(small()).getRGB(10, 10), RED);
        }
        try (Extractor without = new Extractor("")) {
            Facts facts = without.extract(film, "video/mp4", small(), large(), NOW);
            assertThat(facts).isEqualTo(new Facts(320, 180, Duration.ofSeconds(2), null, Thumbnail.NONE));
        }
    }
}
