package dev.latchkey.extract;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How long an MP3 file plays (ISO/IEC 11172-3 and 13818-3, layer III): by the number of frames where its maker wrote it
 * down (Xing, Info), else by the rate of its first frame.
 */
final class Mp3 {
    private static final int[] KBIT_MPEG1 = {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320};
    private static final int[] KBIT_MPEG2 = {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160};
    private static final int[] HERTZ = {44_100, 48_000, 32_000};
    private static final int SEARCHED_BYTES = 64 * 1024;

    private Mp3() {}

    /** Null when no frame is found. */
    static Duration duration(Path path) {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            long start = endOfTag(file);
            byte[] head = new byte[(int) Math.min(SEARCHED_BYTES, Math.max(0, file.length() - start))];
            file.seek(start);
            file.readFully(head);
            for (int i = 0; i + 4 <= head.length; i++) {
                if (isFrame(head, i)) {
                    return duration(head, i, file.length() - start - i);
                }
            }
            return null;
        } catch (IOException e) {
            return null;
        }
    }

    /** ID3v2 writes its length in four times seven bits. */
    private static long endOfTag(RandomAccessFile file) throws IOException {
        byte[] tag = new byte[10];
        if (file.length() < tag.length) {
            return 0;
        }
        file.readFully(tag);
        boolean id3 = tag[0] == 'I' && tag[1] == 'D' && tag[2] == '3';
        return id3 ? 10L + ((tag[6] & 0x7f) << 21 | (tag[7] & 0x7f) << 14 | (tag[8] & 0x7f) << 7 | tag[9] & 0x7f) : 0;
    }

    private static boolean isFrame(byte[] bytes, int at) {
        int version = bytes[at + 1] >> 3 & 3;
        int layer = bytes[at + 1] >> 1 & 3;
        int rate = bytes[at + 2] >> 4 & 15;
        int frequency = bytes[at + 2] >> 2 & 3;
        boolean sync = bytes[at] == (byte) 0xff && (bytes[at + 1] & 0xe0) == 0xe0;
        return sync && version != 1 && layer == 1 && rate > 0 && rate < 15 && frequency < 3;
    }

    private static Duration duration(byte[] head, int at, long length) {
        int version = head[at + 1] >> 3 & 3; // 3: MPEG-1, 2: MPEG-2, 0: MPEG-2.5
        int hertz = HERTZ[head[at + 2] >> 2 & 3] >> (version == 3 ? 0 : version == 2 ? 1 : 2);
        int samples = version == 3 ? 1152 : 576;
        boolean mono = (head[at + 3] >> 6 & 3) == 3;
        long frames = frames(head, at + 4 + (version == 3 ? (mono ? 17 : 32) : (mono ? 9 : 17)));
        if (frames > 0) {
            return Tags.duration((double) frames * samples / hertz);
        }
        int kbit = (version == 3 ? KBIT_MPEG1 : KBIT_MPEG2)[head[at + 2] >> 4 & 15];
        return Tags.duration(length * 8.0 / (kbit * 1000));
    }

    /** As written down in the first frame; 0 when it is not. */
    private static long frames(byte[] head, int at) {
        if (at + 12 > head.length) {
            return 0;
        }
        String name = new String(head, at, 4, StandardCharsets.ISO_8859_1);
        boolean told = (name.equals("Xing") || name.equals("Info")) && (head[at + 7] & 1) == 1;
        return told
                ? (head[at + 8] & 0xffL) << 24
                        | (head[at + 9] & 0xff) << 16
                        | (head[at + 10] & 0xff) << 8
                        | head[at + 11] & 0xff
                : 0;
    }
}
