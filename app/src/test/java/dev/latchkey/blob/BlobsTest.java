package dev.latchkey.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.config.Config;
import dev.latchkey.error.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobsTest {
    private static final String HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    @TempDir
    Path parent;

    private Path folder;
    private Path temporary;
    private final Set<String> named = new HashSet<>();
    private Blobs blobs;

    @BeforeEach
    void open() throws IOException {
        folder = Files.createDirectory(parent.resolve("blobs"));
        temporary = Files.createDirectory(parent.resolve("tmp"));
        blobs = blobs(1 << 20, 0);
    }

    private Blobs blobs(long maxBytes, long reserveBytes) {
        Config.Storage limits = new Config.Storage(maxBytes, reserveBytes, Duration.ofDays(30));
        return new Blobs(folder, temporary, limits, named::contains, Clock.systemUTC());
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private String keep(String text) {
        try (IncomingBlob blob = blobs.receive(bytes(text), Set.of())) {
            return blobs.keep(blob, () -> {
                named.add(blob.sha256());
                return blob.sha256();
            });
        }
    }

    private Path file(String sha256) {
        return folder.resolve(sha256.substring(0, 2)).resolve(sha256.substring(2));
    }

    private long temporaryFiles() throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.count();
        }
    }

    private static void age(Path file, Duration age) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
    }

    @Test
    void a_kept_file_lies_under_its_hash_and_can_be_read() throws IOException {
        assertThat(keep("hello")).isEqualTo(HELLO);

        assertThat(file(HELLO)).hasContent("hello");
        try (FileChannel channel = blobs.open(HELLO).orElseThrow()) {
            assertThat(channel.size()).isEqualTo(5);
        }
        assertThat(temporaryFiles()).isZero();
    }

    @Test
    void an_incoming_file_tells_its_size_hashes_and_first_bytes() {
        String text = "x".repeat(200_000);
        try (IncomingBlob blob = blobs.receive(bytes(text), Set.of("SHA-512"))) {
            assertThat(blob.size()).isEqualTo(200_000);
            assertThat(blob.head()).hasSize(16 * 1024).containsOnly('x');
            assertThat(blob.digest("SHA-512")).hasSize(64);
            assertThat(HexFormat.of().formatHex(blob.digest("SHA-256"))).isEqualTo(blob.sha256());
        }
    }

    @Test
    void what_is_not_kept_is_gone_when_closed() throws IOException {
        blobs.receive(bytes("hello"), Set.of()).close();

        assertThat(temporaryFiles()).isZero();
        assertThat(blobs.open(HELLO)).isEmpty();
    }

    @Test
    void a_failed_commit_takes_the_file_away_again() throws IOException {
        try (IncomingBlob blob = blobs.receive(bytes("hello"), Set.of())) {
            assertThatThrownBy(() -> blobs.keep(blob, () -> {
                        assertThat(file(HELLO)).as("durable before the commit").exists();
                        throw Problem.forbidden("no", "no");
                    }))
                    .hasMessage("no");
        }

        assertThat(file(HELLO)).doesNotExist();
        assertThat(temporaryFiles()).isZero();
    }

    @Test
    void a_failed_commit_leaves_what_was_named_before() {
        keep("hello");
        try (IncomingBlob blob = blobs.receive(bytes("hello"), Set.of())) {
            assertThatThrownBy(() -> blobs.keep(blob, () -> {
                        throw Problem.forbidden("no", "no");
                    }))
                    .hasMessage("no");
        }

        assertThat(file(HELLO)).exists();
    }

    @Test
    void a_damaged_file_is_replaced_by_the_next_upload() throws IOException {
        keep("hello");
        Files.writeString(file(HELLO), "hell");

        keep("hello");

        assertThat(file(HELLO)).hasContent("hello");
    }

    @Test
    void deleting_spares_what_is_named() {
        keep("hello");
        blobs.delete(HELLO);
        assertThat(file(HELLO)).exists();

        named.clear();
        blobs.delete(HELLO);

        assertThat(file(HELLO)).doesNotExist();
        blobs.delete(HELLO);
    }

    @Test
    void the_limit_is_exact_and_leaves_nothing_behind() throws IOException {
        blobs = blobs(5, 0);
        keep("hello");

        assertThatThrownBy(() -> blobs.receive(bytes("hello!"), Set.of()))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("too_large"));
        assertThatThrownBy(() -> blobs.expect(6))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.TOO_LARGE));
        blobs.expect(5);
        blobs.expect(-1);
        assertThat(temporaryFiles()).isZero();
    }

    @Test
    void the_reserve_of_the_disk_is_not_touched() throws IOException {
        long usable = Files.getFileStore(temporary).getUsableSpace();
        blobs = blobs(Long.MAX_VALUE, Long.MAX_VALUE);
        assertThatThrownBy(() -> blobs.receive(bytes("hello"), Set.of()))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("storage_full"));

        blobs = blobs(Long.MAX_VALUE, 0);
        assertThatThrownBy(() -> blobs.expect(usable * 2))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("storage_full"));
        assertThat(temporaryFiles()).isZero();
    }

    @Test
    void the_sweep_takes_only_what_is_old_and_not_named() throws IOException {
        Duration old = Duration.ofHours(25);
        keep("hello");
        String left = keep("left over");
        String young = keep("young");
        named.retainAll(Set.of(HELLO));
        age(file(HELLO), old);
        age(file(left), old);
        Path oldPart = Files.createFile(temporary.resolve("a.part"));
        Path youngPart = Files.createFile(temporary.resolve("b.part"));
        Path stranger = Files.createFile(temporary.resolve("backup.db"));
        age(oldPart, old);
        age(stranger, old);

        assertThat(blobs.sweep()).isEqualTo(2);

        assertThat(file(HELLO)).exists();
        assertThat(file(young)).exists();
        assertThat(file(left)).doesNotExist();
        assertThat(oldPart).doesNotExist();
        assertThat(youngPart).exists();
        assertThat(stranger).exists();
        assertThat(blobs.sweep()).isZero();
    }

    @Test
    void the_sweep_spares_uploads_under_way_even_when_the_clock_jumped() throws IOException {
        try (IncomingBlob blob = blobs.receive(bytes("hello"), Set.of())) {
            try (Stream<Path> files = Files.list(temporary)) {
                age(files.findFirst().orElseThrow(), Duration.ofDays(400));
            }

            assertThat(blobs.sweep()).isZero();

            blobs.keep(blob, () -> named.add(HELLO));
        }
        assertThat(file(HELLO)).hasContent("hello");
    }

    @Test
    void a_leftover_that_comes_again_is_named_and_survives_the_sweep() throws IOException {
        keep("hello");
        named.clear();
        age(file(HELLO), Duration.ofDays(2));

        keep("hello");

        assertThat(blobs.sweep()).isZero();
        assertThat(file(HELLO)).exists();
    }

    @Test
    void a_folder_that_cannot_be_written_is_our_trouble_and_said_so() throws IOException {
        Files.delete(temporary);

        assertThatThrownBy(() -> blobs.receive(bytes("hello"), Set.of()))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("unavailable"));

        Files.createDirectory(temporary);
        assertThat(keep("hello")).isEqualTo(HELLO);
    }
}
