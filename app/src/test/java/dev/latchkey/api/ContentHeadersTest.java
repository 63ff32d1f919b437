package dev.latchkey.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.error.Problem;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentHeadersTest {
    private static final String SHA256 = "RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=";

    @ParameterizedTest(name = "If-None-Match {0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
                    "a"          | true
                    W/"a"        | true
                    "b", "a"     | true
                    "b" ,W/"a"   | true
                    *            | true
                    "b"          | false
                    a            | false
                    "A"          | false
                    "aa"         | false
                    w/"a"        | false
                    """)
    void if_none_match_compares_weakly(String header, boolean has) {
        assertThat(EntityTags.hasOne(header, "\"a\"")).isEqualTo(has);
    }

    @ParameterizedTest(name = "If-Range {0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
                    "a"                           | true
                    W/"a"                         | false
                    "b"                           | false
                    Sat, 21 Nov 2026 00:00:00 GMT | false
                    """)
    void if_range_compares_strongly(String header, boolean allows) {
        assertThat(EntityTags.allowsRange(header, "\"a\"")).isEqualTo(allows);
        assertThat(EntityTags.allowsRange(null, "\"a\"")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    a.jpg       | filename="a.jpg"; filename*=UTF-8''a.jpg
                    a b.jpg     | filename="a b.jpg"; filename*=UTF-8''a%20b.jpg
                    a"b\\c%.jpg | filename="a_b_c_.jpg"; filename*=UTF-8''a%22b%5Cc%25.jpg
                    Zürich.jpg  | filename="Z_rich.jpg"; filename*=UTF-8''Z%C3%BCrich.jpg
                    😀.jpg      | filename="_.jpg"; filename*=UTF-8''%F0%9F%98%80.jpg
                    a;b'(c).jpg | filename="a;b'(c).jpg"; filename*=UTF-8''a%3Bb%27%28c%29.jpg
                    """)
    void a_file_name_is_quoted_for_the_header(String filename, String parameters) {
        assertThat(ContentDisposition.of(true, filename)).isEqualTo("inline; " + parameters);
        assertThat(ContentDisposition.of(false, filename)).isEqualTo("attachment; " + parameters);
    }

    @Property(tries = 300)
    void no_file_name_breaks_out_of_the_header(@ForAll String filename) {
        String header = ContentDisposition.of(false, filename);

        assertThat(header).matches("attachment; filename=\"[ -~&&[^\"\\\\]]*\"; filename\\*=UTF-8''[!-~&&[^\"']]*");
    }

    private static Map<String, byte[]> parse(String field) {
        Map<String, byte[]> digests = new LinkedHashMap<>();
        ContentDigests.parse(field, digests);
        return digests;
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
                    sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:                     | [SHA-256]
                    sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:, sha-512=:AAAA:     | [SHA-256, SHA-512]
                    md5=:AAAA:, unixsum=:AAA=:                                                 | []
                    md5=:AAAA:,sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:;q=1      | [SHA-256]
                    """)
    void digests_are_read_by_algorithm(String field, String algorithms) {
        assertThat(parse(field).keySet()).hasToString(algorithms);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sha-256=" + SHA256,
                "sha-256=:*:",
                "sha-256=:A:",
                "sha-256",
                "",
                ",",
                "SHA-256=:AAAA:",
                "sha-256=:AAAA: x"
            })
    void what_is_no_digest_is_malformed(String field) {
        assertThatThrownBy(() -> parse(field)).hasMessageContaining("RFC 9530");
    }

    @Test
    void digests_that_contradict_each_other_are_a_mismatch() {
        assertThatThrownBy(() -> parse("sha-256=:AAAA:, sha-256=:BBBB:"))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("digest_mismatch"));
    }
}
