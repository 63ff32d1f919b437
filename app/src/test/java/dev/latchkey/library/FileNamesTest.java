package dev.latchkey.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FileNamesTest {
    static Stream<Arguments> names() {
        return Stream.of(
                Arguments.of("photo.jpg", "photo.jpg"),
                Arguments.of("../../etc/passwd", "passwd"),
                Arguments.of("C:\\Users\\anna\\photo.jpg", "photo.jpg"),
                Arguments.of("/", "unnamed"),
                Arguments.of("a/..", "unnamed"),
                Arguments.of(".", "unnamed"),
                Arguments.of("", "unnamed"),
                Arguments.of("   ", "unnamed"),
                Arguments.of(null, "unnamed"),
                Arguments.of(".htaccess", ".htaccess"),
                Arguments.of("Zu\u0308rich.png", "Z\u00fcrich.png"),
                Arguments.of("a\u0000b\r\nc\u007f.txt", "abc.txt"),
                Arguments.of("line\u2028break.txt", "linebreak.txt"),
                Arguments.of("photo\u202egpj.exe", "photogpj.exe"),
                Arguments.of("lone\ud800surrogate", "lonesurrogate"),
                Arguments.of("\ud83d\udc68\u200d\ud83d\udc69.png", "\ud83d\udc68\u200d\ud83d\udc69.png"),
                Arguments.of("a\"; x=y'%.jpg", "a\"; x=y'%.jpg"),
                Arguments.of("x".repeat(300) + ".jpeg", "x".repeat(250) + ".jpeg"),
                Arguments.of("\u00e4".repeat(200) + ".txt", "\u00e4".repeat(125) + ".txt"),
                Arguments.of("\ud83d\ude00".repeat(100), "\ud83d\ude00".repeat(63)),
                Arguments.of("a." + "b".repeat(300), "a." + "b".repeat(253)),
                Arguments.of("a" + " ".repeat(300) + "b", "a"));
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_name_is_data_without_path_and_controls(String given, String kept) {
        assertThat(FileNames.clean(given)).isEqualTo(kept);
    }

    @Property(tries = 500)
    void whatever_is_given_the_name_keeps_the_rules(@ForAll String given) {
        String name = FileNames.clean(given);

        assertThat(name).isNotEmpty().doesNotContain("/", "\\", "\u0000").isNotIn(".", "..");
        assertThat(name.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(255);
        assertThat(Normalizer.isNormalized(name, Normalizer.Form.NFC)).isTrue();
        assertThat(FileNames.clean(name)).isEqualTo(name);
    }
}
