package dev.latchkey.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellWordsTest {
    @Test
    void aPlainWordStandsInSingleQuotes() {
        assertThat(ShellWords.quoted("http://192.168.1.20:5397")).isEqualTo("'http://192.168.1.20:5397'");
    }

    @Test
    void aQuoteEndsTheQuotesAndBeginsThemAnew() {
        assertThat(ShellWords.quoted("a'b")).isEqualTo("'a'\\''b'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "'",
                "''",
                "'; touch /tmp/pwned; '",
                "'\\''",
                "\\",
                "a\\",
                "$(id) `id` $HOME ${x} \"",
                "!history",
                "* ? [a-z] ~ {a,b}",
                "-n",
                "%s %%",
                "two\nlines\n'",
                "#",
                "& | < > ( )",
                "http://[::1]:5397",
                "Ä ☃"
            })
    void aShellTakesItForExactlyThatText(String text) throws IOException, InterruptedException {
        Process sh = new ProcessBuilder("sh", "-c", "printf '%s.' " + ShellWords.quoted(text)).start();
        String out = new String(sh.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(sh.waitFor()).isZero();
        assertThat(out).isEqualTo(text + ".");
    }

    @Test
    void nulIsRefused() {
        assertThatThrownBy(() -> ShellWords.quoted("a\0b")).isInstanceOf(IllegalArgumentException.class);
    }
}
