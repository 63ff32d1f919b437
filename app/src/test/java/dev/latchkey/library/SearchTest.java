package dev.latchkey.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchTest {
    @TempDir
    static Path parent;

    private static LibraryWorld world;

    @BeforeAll
    static void open() {
        world = new LibraryWorld(parent);
        put("IMG_1234.JPG", "Birthday in the garden", "Cake & candles", "family", "2026");
        put("Z\u00fcrich-trip.mov", "The lake", "It's \"sunny\" NOT rainy", "Schweiz", "AND");
        put("screenshot 2026.png", null, null);
        put("\u65e5\u672c\u8a9e.txt", "C++ notes", "na\u00efve caf\u00e9");
    }

    private static void put(String filename, String title, String description, String... tags) {
        Media media = world.stored(world.owner(), filename, filename);
        world.library.edit(
                world.owner(),
                media.id(),
                new MediaChange(
                        Optional.ofNullable(title),
                        Optional.ofNullable(description),
                        Optional.of(Arrays.asList(tags))));
    }

    @AfterAll
    static void close() {
        world.close();
    }

    private static List<Media> search(String q) {
        return world.library.list(new MediaFilter(null, null, null, null, null, q), MediaOrder.OLDEST, null, 10);
    }

    /** What is typed, and the first letters of the file names that are found, oldest first. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    birthday            | IMG
                    BIRTHDAY            | IMG
                    birth               | IMG
                    birth garden        |
                    birthday gard       | IMG
                    garden birthday     | IMG
                    birthday lake       |
                    zurich              | Zür
                    zürich              | Zür
                    Zu\u0308rich        | Zür
                    2026                | IMG scr
                    2026 screen         | scr
                    img_1234.jpg        | IMG
                    img 1234            | IMG
                    screenshot          | scr
                    screenshots         |
                    family              | IMG
                    candles cake        | IMG
                    cafe                | 日本語
                    naive caf           | 日本語
                    日本                | 日本語
                    c++                 | IMG 日本語
                    and                 | Zür
                    NOT                 | Zür 日本語
                    "sunny"             | Zür
                    it's                | Zür
                    title:birthday      |
                    birthday*           | IMG
                    birth*day           |
                    ^birthday           | IMG
                    -birthday           | IMG
                    NEAR(birthday lake) |
                    birthday OR lake    |
                    """)
    void words_are_words_and_nothing_else(String q, String found) {
        String names = String.join(
                " ",
                search(q).stream()
                        .map(media -> media.filename().substring(0, 3))
                        .toList());

        assertThat(names).isEqualTo(found == null ? "" : found);
    }

    @Test
    void text_without_a_letter_or_digit_finds_nothing() {
        for (String q : List.of("***", "\"", "'; --", "()", "\ud83c\udf89", "\u0301")) {
            assertThat(search(q)).as(q).isEmpty();
        }
    }

    @Property(tries = 500)
    void no_text_is_a_syntax_error(@ForAll String q) {
        SearchWords.query(q)
                .ifPresent(query -> assertThat(query.replaceAll("\"[\\p{L}\\p{M}\\p{N}\\p{Co}]+\"", ""))
                        .matches(" *\\*"));
    }

    @Test
    void odd_text_reaches_the_database_without_an_error() {
        StringBuilder odd = new StringBuilder();
        for (int c = 0; c < 0x3000; c++) {
            odd.append((char) c).append(c % 16 == 0 ? " " : "");
            if (odd.length() > 150) {
                assertThat(search(odd.toString())).isEmpty();
                odd.setLength(0);
            }
        }
    }

    @Test
    void the_index_is_merged_into_one_piece_and_finds_what_it_did() {
        for (int i = 0; i < 20; i++) {
            put("zzz" + i, "Zzzz", null);
        }
        List<Media> before = search("zzzz");
        assertThat(pieces()).isGreaterThan(1);

        SearchUpkeep upkeep = new SearchUpkeep(world.database);
        while (upkeep.merge(1) > 0) {
            put("zzyy", null, null);
        }
        assertThat(search("zzyy")).isNotEmpty();
        while (upkeep.merge(50) > 0) {
            assertThat(search("zzzz")).isEqualTo(before);
        }

        assertThat(pieces()).isOne();
        assertThat(search("zzzz")).isEqualTo(before).isNotEmpty();
    }

    private static long pieces() {
        return world.database
                .read(sql -> sql.one("SELECT count(DISTINCT segid) AS n FROM media_search_idx", row -> row.number("n")))
                .orElseThrow();
    }
}
