package dev.latchkey.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ContentTypesTest {
    private final ContentTypes types = new ContentTypes();

    /** Name, first bytes (ISO 8859-1), media type, kind, inline. */
    static Stream<Arguments> files() {
        return Stream.of(
                file("a.jpg", "\u00ff\u00d8\u00ff\u00e0\0\20JFIF\0", "image/jpeg", Kind.IMAGE, true),
                file("a.exe", "\u00ff\u00d8\u00ff\u00e0\0\20JFIF\0", "image/jpeg", Kind.IMAGE, true),
                file("a.png", "\u0089PNG\r\n\u001a\n\0\0\0\rIHDR", "image/png", Kind.IMAGE, true),
                file("a.gif", "GIF89a\1\0\1\0", "image/gif", Kind.IMAGE, true),
                file("a.webp", "RIFF\20\0\0\0WEBPVP8 ", "image/webp", Kind.IMAGE, true),
                file("a.avif", "\0\0\0\34ftypavif\0\0\0\0avifmif1miaf", "image/avif", Kind.IMAGE, true),
                file("a.avif", "\0\0\0\34ftypmif1\0\0\0\0mif1avifmiaf", "image/avif", Kind.IMAGE, true),
                file("a.heic", "\0\0\0\30ftypheic\0\0\0\0mif1heic", "image/heic", Kind.IMAGE, false),
                file("a.heic", "\0\0\0\30ftypmif1\0\0\0\0mif1heic", "image/heic", Kind.IMAGE, false),
                file("a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "image/svg+xml", Kind.IMAGE, false),
                file("a.png", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "image/svg+xml", Kind.IMAGE, false),
                file("a.mp4", "\0\0\0\30ftypisom\0\0\2\0isommp41", "video/mp4", Kind.VIDEO, true),
                file("a.mp4", "\0\0\0\30ftypmp42\0\0\0\0mp42isom", "video/mp4", Kind.VIDEO, true),
                file("a.m4a", "\0\0\0\30ftypM4A \0\0\0\0M4A mp42", "audio/mp4", Kind.AUDIO, true),
                file("a.mov", "\0\0\0\24ftypqt  \0\0\0\0qt  ", "video/quicktime", Kind.VIDEO, false),
                file(
                        "a.webm",
                        "\u001aE\u00df\u00a3\u009fB\u0086\u0081\1B\u0082\u0084webm",
                        "video/webm",
                        Kind.VIDEO,
                        true),
                file(
                        "a.mkv",
                        "\u001aE\u00df\u00a3\u009fB\u0086\u0081\1B\u0082\u0088matroska",
                        "video/x-matroska",
                        Kind.VIDEO,
                        false),
                file(
                        "a.webm",
                        "\u001aE\u00df\u00a3\u009fB\u0086\u0081\1B\u0082\u0088matroska",
                        "video/x-matroska",
                        Kind.VIDEO,
                        false),
                file("a.mp3", "ID3\3\0\0\0\0\0\0", "audio/mpeg", Kind.AUDIO, true),
                file(
                        "a.ogg",
                        "OggS\0\2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1\36\1vorbis",
                        "audio/ogg",
                        Kind.AUDIO,
                        true),
                file("a.wav", "RIFF\20\0\0\0WAVEfmt ", "audio/wav", Kind.AUDIO, true),
                file("a.flac", "fLaC\0\0\0\"", "audio/flac", Kind.AUDIO, true),
                file("a.txt", "just text\n", "text/plain", Kind.DOCUMENT, true),
                file("a.jpg", "just text\n", "text/plain", Kind.DOCUMENT, true),
                file("a.md", "# Title\n", "text/markdown", Kind.DOCUMENT, false),
                file("a.csv", "a,b\n1,2\n", "text/csv", Kind.DOCUMENT, false),
                file("a.html", "hello\n", "text/html", Kind.DOCUMENT, false),
                file("a.txt", "<!DOCTYPE html><html><script>1</script>", "text/html", Kind.DOCUMENT, false),
                file("a.txt", "<?xml version=\"1.0\"?><a/>", "application/xml", Kind.DOCUMENT, false),
                file("a.pdf", "%PDF-1.7\n", "application/pdf", Kind.DOCUMENT, false),
                file(
                        "a.epub",
                        "PK\3\4\24\0\0\0\0\0\0\0\0\0\157\141\253\54\24\0\0\0\24\0\0\0\10\0\0\0mimetypeapplication/epub+zip",
                        "application/epub+zip",
                        Kind.DOCUMENT,
                        false),
                file("a.zip", "PK\3\4\24\0\0\0\0\0", "application/zip", Kind.OTHER, false),
                file(
                        "a.docx",
                        "PK\3\4\24\0\0\0\0\0",
                        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                        Kind.DOCUMENT,
                        false),
                file("a.jpg", "PK\3\4\24\0\0\0\0\0", "application/zip", Kind.OTHER, false),
                file("a.jpg", "\0\1\2\3\4\5", "application/octet-stream", Kind.OTHER, false),
                file("a.jpg", "", "application/octet-stream", Kind.OTHER, false));
    }

    private static Arguments file(String name, String head, String type, Kind kind, boolean inline) {
        return Arguments.of(name, head, type, kind, inline);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("files")
    void the_content_decides(String name, String head, String type, Kind kind, boolean inline) {
        byte[] bytes = head.getBytes(StandardCharsets.ISO_8859_1);
        byte[] padded = type.startsWith("text/") || type.endsWith("xml") || bytes.length == 0
                ? bytes
                : Arrays.copyOf(bytes, bytes.length + 512);

        assertThat(types.of(padded, name)).isEqualTo(new ContentType(type, kind));
        assertThat(ContentTypes.isInline(type)).isEqualTo(inline);
    }
}
