package dev.latchkey.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteRangeTest {
    /** A Range header and what it means for 100 bytes. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
                    bytes=0-9                       | 0-9
                    bytes=0-                        | 0-99
                    bytes=90-                       | 90-99
                    bytes=99-99                     | 99-99
                    bytes=0-99                      | 0-99
                    bytes=50-1000                   | 50-99
                    bytes=-10                       | 90-99
                    bytes=-100                      | 0-99
                    bytes=-1000                     | 0-99
                    bytes=00-09                     | 0-9
                    Bytes=0-9                       | 0-9
                    bytes= 0-9                      | 0-9
                    bytes=0-99999999999999999999999 | 0-99
                    bytes=-99999999999999999999999  | 0-99
                    bytes=100-                      | none
                    bytes=100-200                   | none
                    bytes=-0                        | none
                    bytes=99999999999999999999999-  | none
                    bytes=9-0                       | all
                    bytes=                          | all
                    bytes=-                         | all
                    bytes=--5                       | all
                    bytes=a-b                       | all
                    bytes=1-2-3                     | all
                    bytes=+1-2                      | all
                    bytes=0x1-2                     | all
                    bytes 0-9                       | all
                    bytes=0-9,20-29                 | all
                    bytes=0-9,                      | all
                    items=0-9                       | all
                    0-9                             | all
                    ''                              | all
                    """)
    void a_range_header_means(String header, String meaning) {
        String parsed = ByteRange.parse(header, 100)
                .map(range -> range.isSatisfiable() ? range.first() + "-" + range.last() : "none")
                .orElse("all");

        assertThat(parsed).isEqualTo(meaning);
    }

    @ParameterizedTest(name = "digits of another script: {0}")
    @CsvSource({"bytes=\u0661-\u0662", "bytes=\uff10-\uff19"})
    void only_ascii_digits_are_digits(String header) {
        assertThat(ByteRange.parse(header, 100)).isEmpty();
    }

    @Property(tries = 500)
    void no_header_asks_for_bytes_that_do_not_exist(@ForAll String text, @ForAll @LongRange(min = 1) long size) {
        for (String header : new String[] {text, "bytes=" + text, "bytes=-" + text.length(), null}) {
            Optional<ByteRange> range = ByteRange.parse(header, size);
            range.filter(ByteRange::isSatisfiable).ifPresent(part -> {
                assertThat(part.first()).isBetween(0L, size - 1);
                assertThat(part.last()).isBetween(part.first(), size - 1);
            });
        }
    }

    @Property(tries = 500)
    void every_sensible_range_is_met(
            @ForAll @LongRange(min = 0, max = 1000) long first, @ForAll @LongRange(min = 0, max = 1000) long length) {
        ByteRange range =
                ByteRange.parse("bytes=" + first + "-" + (first + length), 2001).orElseThrow();

        assertThat(range).isEqualTo(new ByteRange(first, first + length));
        assertThat(range.length()).isEqualTo(length + 1);
    }
}
