package dev.latchkey.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartReaderTest {
    /** Gives its bytes in pieces of a few at a time, as a network may. */
    private static final class Trickle extends ByteArrayInputStream {
        private final int most;

        Trickle(byte[] bytes, int most) {
            super(bytes);
            this.most = most;
        }

        @Override
        public synchronized int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(most, length));
        }
    }

    private static List<String> parts(InputStream in, String boundary) throws IOException {
        MultipartReader reader = new MultipartReader(in, boundary.getBytes(StandardCharsets.ISO_8859_1));
        List<String> parts = new ArrayList<>();
        while (reader.next()) {
            String header = reader.header();
            parts.add(header + new String(reader.body().readAllBytes(), StandardCharsets.ISO_8859_1));
        }
        return parts;
    }

    private static List<String> parts(String form) throws IOException {
        return parts(new ByteArrayInputStream(form.getBytes(StandardCharsets.ISO_8859_1)), "xx");
    }

    /** Bodies full of what looks like a delimiter. */
    @Provide
    Arbitrary<List<String>> bodies() {
        Arbitrary<String> piece = Arbitraries.of(
                "\r\n", "\r\n--", "--", "\r", "\n", "-", "x", "xy", "xyx", "\r\n--xyx", "\r\n--xyxy", "a".repeat(300));
        return piece.list()
                .ofMaxSize(30)
                .map(pieces -> String.join("", pieces))
                .list()
                .ofMinSize(1)
                .ofMaxSize(5);
    }

    @Property(tries = 300)
    void parts_come_out_as_they_went_in(
            @ForAll("bodies") List<String> bodies, @ForAll @IntRange(min = 1, max = 400) int most) throws IOException {
        String boundary = "xyxyz";
        StringBuilder form = new StringBuilder("preamble");
        List<String> expected = new ArrayList<>();
        for (String body : bodies) {
            form.append("\r\n--").append(boundary).append("\r\nA: b\r\n\r\n").append(body);
            expected.add("A: b\r\n\r\n" + body);
        }
        form.append("\r\n--").append(boundary).append("--\r\nepilogue");
        byte[] bytes = form.toString().getBytes(StandardCharsets.ISO_8859_1);

        assertThat(parts(new Trickle(bytes, most), boundary)).isEqualTo(expected);
    }

    @Test
    void a_form_that_is_cut_anywhere_is_an_error() {
        String form = "--xx\r\nA: b\r\n\r\nhello\r\n--xx\r\n\r\nhello\r\n--xx--";
        for (int length = 0; length < form.length(); length++) {
            String cut = form.substring(0, length);
            assertThatThrownBy(() -> parts(cut)).isInstanceOf(IOException.class);
        }
    }

    @Property(tries = 300)
    void garbage_is_an_error_and_never_hangs(@ForAll @Size(max = 200) byte[] garbage) {
        assertThatThrownBy(() -> parts(new ByteArrayInputStream(garbage), "boundary-that-is-not-there"))
                .isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--xxx\r\n\r\n\r\n--xx--", "--xx-\r\n\r\n", "--xx\n\r\n\r\n--xx--", "--xxa"})
    void a_delimiter_is_followed_by_a_line_break_or_two_dashes(String form) {
        assertThatThrownBy(() -> parts(form)).isInstanceOf(IOException.class);
    }

    @Test
    void padding_after_a_delimiter_is_allowed_and_a_header_may_be_empty() throws IOException {
        assertThat(parts("--xx \t \r\n\r\nbody\r\n--xx--")).containsExactly("\r\nbody");
    }

    @Test
    void a_part_that_was_not_read_is_skipped() throws IOException {
        String form = "--xx\r\n\r\n" + "y".repeat(200_000) + "\r\n--xx\r\n\r\nhello\r\n--xx--";
        MultipartReader reader = new MultipartReader(
                new ByteArrayInputStream(form.getBytes(StandardCharsets.ISO_8859_1)),
                "xx".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(reader.next()).isTrue();
        reader.header();
        assertThat(reader.body().read()).isEqualTo('y');
        assertThat(reader.next()).isTrue();
        reader.header();

        ByteArrayOutputStream body = new ByteArrayOutputStream();
        reader.body().transferTo(body);
        assertThat(body).hasToString("hello");
        assertThat(reader.next()).isFalse();
    }

    @Test
    void a_header_has_a_limit() {
        assertThatThrownBy(() -> parts("--xx\r\nA: " + "b".repeat(9000) + "\r\n\r\n\r\n--xx--"))
                .hasMessageContaining("too long");
    }
}
