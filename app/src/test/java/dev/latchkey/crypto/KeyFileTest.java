package dev.latchkey.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.error.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {
    @TempDir
    Path folder;

    @Test
    void keys_are_made_once_and_are_private() throws IOException {
        Path file = folder.resolve("keys.properties");
        Keys keys = KeyFile.open(file, true);
        assertThat(KeyFile.open(file, false).pepper()).isEqualTo(keys.pepper()).hasSize(32);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void keys_that_are_lost_stop_the_start_instead_of_making_every_password_wrong() {
        Path file = folder.resolve("keys.properties");
        assertThatThrownBy(() -> KeyFile.open(file, false))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("Restore it from a backup");
        assertThat(file).doesNotExist();
    }

    @Test
    void a_broken_file_names_what_is_missing() throws IOException {
        Path file = Files.writeString(folder.resolve("keys.properties"), "pepper=AAAA\n");
        assertThatThrownBy(() -> KeyFile.open(file, false)).hasMessageContaining("pepper");
    }
}
