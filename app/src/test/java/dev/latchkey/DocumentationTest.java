package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DocumentationTest {
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#\\s]*)(?:#([^)\\s]*))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.+?) *$");

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        assertThat(pages().flatMap(DocumentationTest::deadLinks)).isEmpty();
    }

    @Test
    void everyPageIsLinkedFromAnother() throws IOException {
        List<Path> pages = pages().toList();
        assertThat(pages.stream().filter(page -> page.startsWith("docs")))
                .isNotEmpty()
                .allMatch(page -> pages.stream()
                        .filter(other -> !other.equals(page))
                        .anyMatch(other -> read(other).contains(page.getFileName() + ")")));
    }

    private static Stream<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.list(Path.of("docs"))) {
            List<Path> pages =
                    docs.filter(page -> page.toString().endsWith(".md")).toList();
            return Stream.concat(Stream.of(Path.of("README.md"), Path.of("CHANGELOG.md")), pages.stream());
        }
    }

    private static Stream<String> deadLinks(Path page) {
        return LINK.matcher(read(page))
                .results()
                .filter(link -> !leads(page, link.group(1), link.group(2)))
                .map(link -> page + ": " + link.group());
    }

    private static boolean leads(Path page, String to, String place) {
        Path target = to.isEmpty() ? page : page.resolveSibling(to).normalize();
        return Files.exists(target) && (place == null || places(target).anyMatch(place::equals));
    }

    /** The names that the headings of a page have as targets of links. */
    private static Stream<String> places(Path page) {
        return HEADING.matcher(read(page))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'));
    }

    private static String read(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
