package dev.latchkey.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.blob.ThumbnailFiles.Drafts;
import dev.latchkey.error.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThumbnailFilesTest {
    private static final String KEPT = "ab" + "1".repeat(62);
    private static final String GONE = "ab" + "2".repeat(62);

    @TempDir
    Path parent;

    private final Set<String> named = new HashSet<>(Set.of(KEPT, GONE));
    private ThumbnailFiles files;

    @BeforeEach
    void make() {
        files = with(0);
    }

    private ThumbnailFiles with(long reserve) {
        return new ThumbnailFiles(parent.resolve("thumbnails"), parent, reserve, named::contains, Clock.systemUTC());
    }

    private void keep(String sha256) throws IOException {
        try (Drafts drafts = files.drafts()) {
            Files.writeString(drafts.small(), "small");
            Files.writeString(drafts.large(), "larger");
            files.keep(sha256, drafts, "jpg");
        }
    }

    private List<Path> all() throws IOException {
        try (Stream<Path> found = Files.walk(parent)) {
            return found.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void removes_what_nothing_names_at_once_or_by_the_sweep_when_it_is_old() throws IOException {
        keep(KEPT);
        keep(GONE);
        files.delete(KEPT);
        assertThat(all()).hasSize(4);

        named.remove(GONE);
        assertThat(files.sweep()).isZero();
        for (Path file : all()) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        }
        assertThat(files.sweep()).isPositive();
        assertThat(all()).hasSize(2);

        named.remove(KEPT);
        files.delete(KEPT);
        assertThat(all()).isEmpty();
    }

    @Test
    void leaves_the_reserve_of_the_disk_alone() {
        files.requireRoom();
        ThumbnailFiles full = with(Long.MAX_VALUE / 2);
        assertThatThrownBy(full::requireRoom)
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("storage_full"));
    }
}
