package dev.latchkey.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.config.Config.Storage;
import dev.latchkey.config.ConfigLoader;
import dev.latchkey.error.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobsTest {
    private Blobs blobs;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        Storage limits =
                ConfigLoader.fromMap(Map.of("storage.reserve_bytes", "0")).storage();
        blobs = new Blobs(folder.resolve("blobs"), temporary, limits, sha256 -> false, Clock.systemUTC());
    }

    /** Uploads some bytes whose commit ends like this, and says whether their file is there afterwards. */
    private boolean fileStaysAfter(Problem failure) throws IOException {
        try (IncomingBlob blob = blobs.receive(new ByteArrayInputStream(new byte[] {1, 2, 3}), Set.of())) {
            assertThatThrownBy(() -> blobs.keep(blob, () -> {
                        throw failure;
                    }))
                    .isSameAs(failure);
            var file = blobs.open(blob.sha256());
            if (file.isPresent()) {
                file.get().close();
            }
            return file.isPresent();
        }
    }

    @Test
    void aRefusedFileGoesAgain() throws IOException {
        assertThat(fileStaysAfter(Problem.forbidden("quota_exceeded", "No."))).isFalse();
    }

    @Test
    void aFileGoesAgainWhenTheDatabaseFoundNoRoom() throws IOException {
        assertThat(fileStaysAfter(Problem.storageFull(new IOException("No space left on device"))))
                .isFalse();
    }

    @Test
    void aFileStaysForTheSweepWhenItsCommitMayComeBackAfterACrash() throws IOException {
        assertThat(fileStaysAfter(Problem.unavailable("The disk failed.", new IOException("Input/output error"))))
                .isTrue();
    }
}
