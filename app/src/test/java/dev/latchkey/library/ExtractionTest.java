package dev.latchkey.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.blob.ThumbnailFiles;
import dev.latchkey.extract.Extractor;
import dev.latchkey.harness.Await;
import dev.latchkey.harness.Photo;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtractionTest {
    @TempDir
    Path parent;

    private LibraryWorld world;

    @BeforeEach
    void open() {
        world = new LibraryWorld(parent);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private Extraction extraction(ThumbnailFiles files, String path) {
        return new Extraction(
                world.database, world.blobs, files, new Extractor(path), world.news.media, Clock.systemUTC());
    }

    private long uploaded(byte[] bytes) {
        return world.uploads
                .add(world.owner(), "picture", new ByteArrayInputStream(bytes), Map.of())
                .media()
                .id();
    }

    private String state(long id) {
        return world.database
                .read(sql -> sql.one(
                        "SELECT extraction || extraction_attempts AS state FROM media WHERE id = ?",
                        row -> row.text("state"),
                        id))
                .orElseThrow();
    }

    @Test
    void on_a_full_disk_files_wait_and_no_attempt_is_counted() {
        long id = uploaded(Photo.of("png", 16, 16));
        ThumbnailFiles full =
                new ThumbnailFiles(parent.resolve("t"), parent, Long.MAX_VALUE / 2, hash -> true, Clock.systemUTC());
        Extraction waiting = extraction(full, "");
        waiting.start();
        waiting.close();
        assertThat(state(id)).isEqualTo("pending0");

        try (Extraction working = extraction(world.thumbnails, "")) {
            working.start();
            Await.until("a thumbnail", () -> world.library.one(id).hasThumbnail());
        }
        assertThat(state(id)).isEqualTo("done1");
        Await.until("the news", () -> world.news.heard().contains("media " + id + " changed"));
    }

    @Test
    void a_film_is_read_again_once_a_program_for_it_is_installed() throws IOException {
        long film = uploaded(new byte[] {0x1a, 'E', (byte) 0xdf, (byte) 0xa3, 1, 2, 3, 4, 'w', 'e', 'b', 'm'});
        afterStart("", film, "done1");

        Path asked = parent.resolve("asked");
        afterStart(brokenPrograms(asked), film, "failed1");
        assertThat(asked).exists();
    }

    @Test
    void no_program_is_asked_while_nothing_waits_for_it() throws IOException {
        Path asked = parent.resolve("asked");
        afterStart(brokenPrograms(asked), uploaded(Photo.of("png", 16, 16)), "done1");
        assertThat(asked).doesNotExist();
    }

    /** Programs that can do nothing but tell in this file that they were started. */
    private String brokenPrograms(Path asked) throws IOException {
        Path programs = Files.createDirectories(parent.resolve("programs"));
        for (String name : List.of("ffmpeg", "ffprobe")) {
            Path program = Files.writeString(programs.resolve(name), "#!/bin/sh\necho >> '" + asked + "'\nexit 1\n");
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        }
        return programs.toString();
    }

    @Test
    void uploads_do_not_wait_for_files_that_are_read() throws IOException {
        Path go = parent.resolve("go");
        Path programs = Files.createDirectories(parent.resolve("programs"));
        for (String name : List.of("ffmpeg", "ffprobe")) {
            String hanging = "#!/bin/sh\nwhile [ ! -e '" + go + "' ]; do sleep 0.1; done\nexit 1\n";
            Path program = Files.writeString(programs.resolve(name), hanging);
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        }
        Files.writeString(programs.resolve("ffmpeg"), "#!/bin/sh\nexit 1\n"); // is asked for its version first
        long film = uploaded(new byte[] {0x1a, 'E', (byte) 0xdf, (byte) 0xa3, 1, 2, 3, 4, 'w', 'e', 'b', 'm'});
        try (Extraction working = extraction(world.thumbnails, programs.toString())) {
            working.start();
            Await.until("the reader hangs", () -> state(film).equals("pending1"));
            List<Long> pictures = IntStream.range(1, 30)
                    .mapToObj(i -> uploaded(Photo.of("png", i, 16)))
                    .toList();
            assertThat(pictures).allMatch(id -> state(id).equals("pending0"));

            Files.createFile(go);

            Await.until(
                    "all pictures",
                    () -> pictures.stream().allMatch(id -> state(id).equals("done1")));
            assertThat(state(film)).isEqualTo("failed1");
        }
    }

    private void afterStart(String path, long id, String state) {
        try (Extraction working = extraction(world.thumbnails, path)) {
            working.start();
            Await.until(state, () -> state(id).equals(state));
        }
    }
}
