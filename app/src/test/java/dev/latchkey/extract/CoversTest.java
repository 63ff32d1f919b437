package dev.latchkey.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.latchkey.extract.Facts.Thumbnail;
import dev.latchkey.harness.Photo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Pictures that go with sound, read without any program; and files that want ffmpeg to open something else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CoversTest {
    private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
    private static final byte[] COVER = Photo.of("jpeg", 600, 300);

    @TempDir
    Path folder;

    private Extractor extractor;

    @BeforeAll
    void start() {
        extractor = new Extractor("");
    }

    @AfterAll
    void stop() {
        extractor.close();
    }

    private Facts extract(Extractor with, String mediaType, byte[] bytes) throws IOException {
        Files.deleteIfExists(folder.resolve("small"));
        Files.deleteIfExists(folder.resolve("large"));
        Path file = Files.write(folder.resolve("file"), bytes);
        return with.extract(file, mediaType, folder.resolve("small"), folder.resolve("large"), NOW);
    }

    private static byte[] bytes(Object... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Object part : parts) {
            if (part instanceof Integer value) {
                out.write(value);
            } else if (part instanceof byte[] more) {
                out.writeBytes(more);
            } else {
                out.writeBytes(part.toString().getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        return out.toByteArray();
    }

    private static byte[] number(int value, int length, int bits) {
        byte[] out = new byte[length];
        for (int i = 0; i < length; i++) {
            out[i] = (byte) (value >> bits * (length - 1 - i) & (1 << bits) - 1);
        }
        return out;
    }

    private static byte[] tag(int version, int flags, byte[] frames) {
        return bytes("ID3", version, 0, flags, number(frames.length, 4, 7), frames);
    }

    private static byte[] frame(int version, String name, byte[] body) {
        return switch (version) {
            case 2 -> bytes(name, number(body.length, 3, 8), body);
            case 3 -> bytes(name, number(body.length, 4, 8), 0, 0, body);
            default -> bytes(name, number(body.length, 4, 7), 0, 0, body);
        };
    }

    private static byte[] mp3(int version, byte[] cover) {
        byte[] title = frame(version, version == 2 ? "TT2" : "TIT2", bytes(0, "A song"));
        byte[] body = version == 2 ? bytes(0, "JPG", 3, 0, cover) : bytes(0, "image/jpeg", 0, 3, "front", 0, cover);
        return tag(version, 0, bytes(title, frame(version, version == 2 ? "PIC" : "APIC", body), new byte[64]));
    }

    /** As a whole tag is written that must not look like sound. */
    private static byte[] unsynchronised() {
        byte[] frames = frame(3, "APIC", bytes(1, "image/jpeg", 0, 3, 0xff, 0xfe, "x", 0, 0, 0, COVER));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < frames.length; i++) {
            out.write(frames[i]);
            boolean last = i + 1 == frames.length;
            if (frames[i] == (byte) 0xff && (last || frames[i + 1] == 0 || (frames[i + 1] & 0xe0) == 0xe0)) {
                out.write(0);
            }
        }
        return tag(3, 0x80, out.toByteArray());
    }

    private static byte[] flac(byte[] cover) {
        byte[] head = bytes(number(3, 4, 8), number(10, 4, 8), "image/jpeg", number(0, 4, 8), new byte[20]);
        byte[] picture = bytes(head, cover);
        return bytes(
                "fLaC", 0, number(34, 3, 8), new byte[34], 0x86, number(picture.length, 3, 8), picture, 0xff, 0xf8);
    }

    private static byte[] atom(String name, Object... inside) {
        byte[] body = bytes(inside);
        return bytes(number(body.length + 8, 4, 8), name, body);
    }

    private static byte[] m4a(byte[] cover) {
        byte[] data = atom("data", number(13, 4, 8), number(0, 4, 8), cover);
        byte[] list = atom("ilst", atom("\u00a9nam", atom("data", new byte[8], "A song")), atom("covr", data));
        byte[] meta = atom("meta", new byte[4], atom("hdlr", new byte[25]), list);
        return bytes(
                atom("ftyp", "M4A ", new byte[4]),
                atom("mdat", new byte[100]),
                atom("moov", atom("mvhd", new byte[100]), atom("udta", meta)));
    }

    @Test
    void the_cover_of_a_song_is_its_picture_and_its_size_is_not_that_of_the_song() throws IOException {
        Map<String, byte[]> songs = new LinkedHashMap<>();
        songs.put("audio/mpeg ID3v2.2", mp3(2, COVER));
        songs.put("audio/mpeg ID3v2.3", mp3(3, COVER));
        songs.put("audio/mpeg ID3v2.4", mp3(4, COVER));
        songs.put("audio/mpeg unsynchronised", unsynchronised());
        songs.put("audio/flac", flac(COVER));
        songs.put("audio/mp4", m4a(COVER));
        songs.put("audio/mp4 PNG", m4a(Photo.of("png", 600, 300)));
        for (Map.Entry<String, byte[]> song : songs.entrySet()) {
            Facts facts = extract(extractor, song.getKey().split(" ")[0], song.getValue());
            assertThat(facts.thumbnail()).as(song.getKey()).isEqualTo(Thumbnail.JPEG);
            assertThat(facts.width()).as(song.getKey()).isNull();
            assertThat(Photo.read(Files.readAllBytes(folder.resolve("small"))).getHeight())
                    .as(song.getKey())
                    .isEqualTo(128);
            assertThat(Photo.read(Files.readAllBytes(folder.resolve("large"))).getWidth())
                    .as(song.getKey())
                    .isEqualTo(600);
        }
    }

    @Test
    void a_cover_that_is_broken_lying_or_a_bomb_costs_nothing_but_itself() throws IOException {
        byte[] bomb = Photo.bomb(30_000, 30_000, 1);
        byte[] far = bytes("ID3", 3, 0, 0, 0x7f, 0x7f, 0x7f, 0x7f, "APIC");
        Map<String, byte[]> songs = new LinkedHashMap<>();
        songs.put("audio/mpeg text", mp3(3, bytes("no picture")));
        songs.put("audio/mpeg cut", mp3(3, Photo.cut(COVER, 200)));
        songs.put("audio/mpeg bomb", mp3(3, bomb));
        songs.put("audio/mpeg larger than all", far);
        songs.put("audio/mpeg frame larger than its tag", tag(3, 0, bytes("APIC", number(-1, 4, 8), 0, 0, COVER)));
        songs.put("audio/mpeg nothing", new byte[0]);
        songs.put("audio/flac bomb", flac(bomb));
        songs.put("audio/flac without an end", bytes("fLaC", 0, 0xff, 0xff, 0xff));
        songs.put("audio/flac of empty blocks", bytes("fLaC", new byte[200_000]));
        songs.put("audio/mp4 bomb", m4a(bomb));
        songs.put("audio/mp4 of nothing", atom("moov", new byte[200_000]));
        songs.put("audio/mp4 size of a long", bytes(number(1, 4, 8), "moov", number(-1, 4, 8), number(-1, 4, 8)));
        songs.put("audio/mp4 larger than its parent", atom("moov", number(9999, 4, 8), "udta", new byte[20]));
        songs.put("audio/mp4 too large", m4a(new byte[Covers.MAX_BYTES + 1]));
        for (Map.Entry<String, byte[]> song : songs.entrySet()) {
            assertThat(extract(extractor, song.getKey().split(" ")[0], song.getValue())
                            .thumbnail())
                    .as(song.getKey())
                    .isEqualTo(Thumbnail.NONE);
            assertThat(folder.resolve("small")).as(song.getKey()).doesNotExist();
        }
    }

    /** Each is a list of other files, for one of the demuxers of ffmpeg that follow such lists. */
    @Test
    void ffmpeg_opens_nothing_but_the_file_whatever_the_file_asks_for() throws IOException {
        String path = System.getenv("PATH");
        assumeTrue(Programs.on(path).ffmpeg().isPresent(), "ffmpeg is not installed");
        Path secret = Files.write(folder.resolve("secret.png"), Photo.of("png", 64, 64));
        try (ServerSocket inside = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                Extractor films = new Extractor(path)) {
            String url = "http://127.0.0.1:" + inside.getLocalPort() + "/x.ts";
            List<String> lists = List.of(
                    "#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:10.0,\n" + url + "\n#EXT-X-ENDLIST\n",
                    "ffconcat version 1.0\nfile '" + url + "'\n",
                    "ffconcat version 1.0\nfile '" + secret.getFileName() + "'\n",
                    "v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nm=video " + inside.getLocalPort()
                            + " RTP/AVP 33\n");
            for (String mediaType : List.of("video/mp4", "video/mp2t")) {
                for (String list : lists) {
                    assertThat(extract(films, mediaType, bytes(list)).thumbnail())
                            .as(mediaType + " " + list)
                            .isEqualTo(Thumbnail.REFUSED);
                }
            }
            inside.setSoTimeout(1);
            assertThat(isAsked(inside)).as("a connection").isFalse();
        }
    }

    private static boolean isAsked(ServerSocket inside) throws IOException {
        try {
            inside.accept().close();
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }
}
