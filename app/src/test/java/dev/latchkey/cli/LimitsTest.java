package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.Shell.Result;
import dev.latchkey.harness.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are too large, whose refusal comes while they are still being sent. */
class LimitsTest {
    @TempDir
    private Path home;

    @Timeout(180)
    @ParameterizedTest
    @ValueSource(ints = {900_000, 3_000_000})
    void a_file_that_is_too_large_fails_and_the_others_are_stored(int size) throws IOException {
        Files.write(home.resolve("large.bin"), new byte[size]);
        Files.writeString(home.resolve("a.txt"), "before");
        Files.writeString(home.resolve("z.txt"), "after");
        try (TestServer server = TestServer.start(Map.of("upload.max_bytes", "100000"))) {
            Result upload = Shell.at(home, server).here("upload", "-j", "1", home.toString());
            assertThat(upload.exitCode()).isEqualTo(1);
            assertThat(upload.out()).as(upload.toString()).isEqualTo("2 stored, 1 failed\n");
            assertThat(upload.err()).contains("/large.bin: ").hasLineCount(1).doesNotContain("Cannot reach");
        }
    }
}
