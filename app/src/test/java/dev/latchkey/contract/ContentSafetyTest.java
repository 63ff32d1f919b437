package dev.latchkey.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Photo;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.Sample;
import dev.latchkey.harness.World;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContentSafetyTest {
    private static final Pattern EXTENDED = Pattern.compile("filename\\*=UTF-8''([A-Za-z0-9!#$&+.^_`|~%-]+)");
    private World world;

    @BeforeAll
    void start() {
        world = World.start();
    }

    @AfterAll
    void stop() {
        world.close();
    }

    private record Kind(String name, String filename, byte[] bytes) {}

    private Reply content(Kind kind, String query) {
        return content(kind.filename(), kind.bytes(), query);
    }

    private Reply content(String filename, byte[] bytes, String query) {
        String encoded = URLEncoder.encode(filename, StandardCharsets.UTF_8);
        long id = world.http()
                .put("/api/media/raw?filename=" + encoded)
                .as(world.member())
                .body(bytes)
                .send()
                .longAt("/media/id");
        return world.http()
                .get("/api/media/" + id + "/content" + query)
                .as(world.guest())
                .expect(200);
    }

    @TestFactory
    Stream<DynamicTest> safeTypesAreShownInline() {
        return Stream.of(
                        new Kind("JPEG", "a.jpg", Sample.uniqueImage("jpg")),
                        new Kind("PNG", "a.png", Sample.uniqueImage("png")),
                        new Kind("GIF", "a.gif", Sample.uniqueImage("gif")),
                        new Kind("WAV", "a.wav", Sample.wav()),
                        new Kind("WebP", "a.webp", Photo.webp()),
                        new Kind("AVIF", "a.avif", octets("\0\0\0\34ftypavif\0\0\0\0avifmif1miaf")),
                        new Kind("MP4", "a.mp4", octets("\0\0\0\30ftypisom\0\0\2\0isommp42")),
                        new Kind("M4A", "a.m4a", octets("\0\0\0\24ftypM4A \0\0\2\0M4A ")),
                        new Kind("WebM", "a.webm", octets("\32E\u00df\u00a3\u009fB\u0086\u0081\1B\u0082\u0084webm")),
                        new Kind("MP3", "a.mp3", octets("ID3\3\0\0\0\0\0\0\u00ff\u00fb\u0090\0")),
                        new Kind("Ogg", "a.ogg", octets("OggS\0\2\0\0\0\0\0\0\0\0abcd\0\0\0\0efgh\1\36\1vorbis")),
                        new Kind("FLAC", "a.flac", octets("fLaC\0\0\0\42\20\0\20\0")),
                        new Kind("plain text", "a.txt", Sample.uniqueText()),
                        new Kind("JPEG under another name", "a.html", Sample.uniqueImage("jpg")))
                .map(kind -> DynamicTest.dynamicTest(kind.name(), () -> {
                    Reply reply = content(kind, "");
                    assertThat(reply.header("Content-Disposition")).startsWith("inline");
                    checkSandboxed(reply);
                    Reply download = content(kind, "?download=1");
                    assertThat(download.header("Content-Disposition")).startsWith("attachment");
                    checkSandboxed(download);
                }));
    }

    @TestFactory
    Stream<DynamicTest> everythingElseIsAnAttachment() {
        return Stream.of(
                        new Kind("SVG", "a.svg", Sample.svg()),
                        new Kind("HTML", "a.html", Sample.html()),
                        new Kind(
                                "HTML that is called a picture",
                                "a.png",
                                Sample.utf8("<html><script>x()</script></html>")),
                        new Kind(
                                "HTML that is called text",
                                "a.txt",
                                Sample.utf8("<!doctype html><script>y()</script>")),
                        new Kind(
                                "SVG that is called a picture",
                                "a.jpg",
                                Sample.utf8("<svg xmlns='http://www.w3.org/2000/svg' onload='z()'/>")),
                        new Kind("XML", "a.xml", Sample.xml()),
                        new Kind("PDF", "a.pdf", Sample.pdf()),
                        new Kind(
                                "XHTML",
                                "a.xhtml",
                                Sample.utf8("<html xmlns='http://www.w3.org/1999/xhtml'><body/></html>")),
                        new Kind("Markdown", "a.md", Sample.utf8("# Title\n\n<script>m()</script>\n")),
                        new Kind("a script", "a.js", Sample.utf8("alert('a script')\n")),
                        new Kind("a style", "a.css", Sample.utf8("body { color: red }\n")),
                        new Kind(
                                "a page in a letter",
                                "a.mht",
                                Sample.utf8("MIME-Version: 1.0\nContent-Type: multipart/related\n\n")),
                        new Kind(
                                "EPUB",
                                "a.epub",
                                octets(
                                        "PK\3\4\24\0\0\0\0\0\0\0\0\0oa\u00ab,\24\0\0\0\24\0\0\0\10\0\0\0mimetypeapplication/epub+zip")),
                        new Kind("MOV", "a.mov", octets("\0\0\0\24ftypqt  \0\0\2\0qt  ")),
                        new Kind("BMP", "a.bmp", Sample.uniqueImage("bmp")),
                        new Kind("unknown bytes", "a.bin", new byte[] {0, 1, 2, 3, -1, -2, -3}))
                .map(kind -> DynamicTest.dynamicTest(kind.name(), () -> {
                    Reply reply = content(kind, "");
                    assertThat(reply.header("Content-Disposition"))
                            .as(reply::toString)
                            .startsWith("attachment");
                    checkSandboxed(reply);
                    assertThat(content(kind, "?download=0").header("Content-Disposition"))
                            .startsWith("attachment");
                }));
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void checkSandboxed(Reply reply) {
        assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(reply.header("Content-Security-Policy")).contains("sandbox").contains("default-src 'none'");
        assertThat(reply.header("Content-Security-Policy")).doesNotContain("allow-scripts", "allow-same-origin");
        assertThat(reply.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
    }

    @TestFactory
    Stream<DynamicTest> fileNamesTravelByRfc6266() {
        return List.of(
                        "plain.txt",
                        "Пляж 写真.txt",
                        "say \"hi\" there.txt",
                        "100% sure; really.txt",
                        "Ünïcødé 'n more.txt",
                        "🏖.txt",
                        "a=b&c,d.txt")
                .stream()
                .map(name -> DynamicTest.dynamicTest(name, () -> checkName(name)));
    }

    private void checkName(String name) {
        String header = content(name, Sample.uniqueText(), "?download=1").header("Content-Disposition");
        assertThat(header).as("only ASCII").matches("[\\x20-\\x7e]+");
        Matcher extended = EXTENDED.matcher(header);
        if (extended.find()) {
            String decoded = URLDecoder.decode(extended.group(1).replace("+", "%2B"), StandardCharsets.UTF_8);
            assertThat(decoded).isEqualTo(name);
        } else {
            assertThat(header).isEqualTo("attachment; filename=\"" + name + "\"");
        }
        String fallback = header.replaceAll("; filename\\*=.*", "").replaceAll("^attachment; filename=", "");
        assertThat(fallback).matches("\"([^\"\\\\]|\\\\.)*\"");
    }

    @TestFactory
    Stream<DynamicTest> hostileNamesStayInTheirHeader() {
        return Stream.of(
                        "a\r\nSet-Cookie: a=b.txt",
                        "a\"; filename=evil.html; x=\".txt",
                        "..\\..\\evil.txt",
                        "../../evil.txt",
                        "txt.\u202egpj.exe",
                        "a\0.html",
                        "\ud800.txt",
                        "%2e%2e%2fevil.txt",
                        ".",
                        " ",
                        "\u00fc".repeat(400) + ".txt")
                .map(name -> DynamicTest.dynamicTest("name " + name.replaceAll("[^ -~]", "?"), () -> {
                    Reply reply = content(name, Sample.uniqueText(), "");
                    assertThat(reply.headers()).doesNotContainKeys("Set-Cookie", "set-cookie");
                    String header = reply.header("Content-Disposition");
                    assertThat(header)
                            .matches(
                                    "(inline|attachment); filename=\"[^\"\\\\/]+\"; filename\\*=UTF-8''[A-Za-z0-9%!#$&+.^_`|~-]+");
                    assertThat(URLDecoder.decode(
                                    header.replaceAll(".*''", "").replace("+", "%2B"), StandardCharsets.UTF_8))
                            .doesNotContain("/", "\\", "\r", "\n", "\0")
                            .matches(stored -> stored.getBytes(StandardCharsets.UTF_8).length <= 255, "255 bytes");
                }));
    }

    @Test
    void textIsSentWithACharacterSet() {
        String type = content("u.txt", Sample.utf8("Grüße aus Köln, " + System.nanoTime()), "")
                .header("Content-Type");
        assertThat(type.toLowerCase(Locale.ROOT).replace(" ", "")).isEqualTo("text/plain;charset=utf-8");
    }
}
