package dev.latchkey.extract;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Finds the picture that a file of sound carries: in an ID3v2 tag (MP3), a PICTURE block (FLAC, RFC 9639, 8.8) or the atom
 * {@code covr} (M4A). Only the way to it is read; where in its frame it begins, its own first bytes tell.
 */
final class Covers {
    /** Larger covers are left alone, and so is a tag of which they would be a part. */
    static final int MAX_BYTES = 16 * 1024 * 1024;

    private static final int MAX_STEPS = 10_000;
    private static final int FLAC_PICTURE = 6;
    private static final int UNSYNCHRONISED = 0x80;

    private Covers() {}

    /** The first picture in the file, from its first byte on; empty where there is none that is understood. */
    static Optional<byte[]> of(Path path, String mediaType) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            return switch (mediaType) {
                case "audio/mpeg" -> inId3(file);
                case "audio/flac" -> inFlac(file);
                case "audio/mp4" -> inAtom(file, 0, file.length(), "moov", "udta", "meta", "ilst", "covr", "data");
                default -> Optional.empty();
            };
        }
    }

    /** ImageIO's name of the format that these bytes begin with, or null. */
    static String format(byte[] bytes, int at) {
        if (starts(bytes, at, "\u00ff\u00d8\u00ff")) {
            return "jpeg";
        }
        if (starts(bytes, at, "\u0089PNG\r\n\u001a\n")) {
            return "png";
        }
        if (starts(bytes, at, "GIF8")) {
            return "gif";
        }
        return starts(bytes, at, "RIFF") && starts(bytes, at + 8, "WEBP") ? "webp" : null;
    }

    private static boolean starts(byte[] bytes, int at, String magic) {
        byte[] wanted = magic.getBytes(StandardCharsets.ISO_8859_1);
        return at + wanted.length <= bytes.length
                && Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length);
    }

    /** From where a picture begins; type, text and sizes before it are passed over. */
    private static Optional<byte[]> picture(byte[] frame) {
        for (int i = 0; i < frame.length; i++) {
            if (format(frame, i) != null) {
                return Optional.of(Arrays.copyOfRange(frame, i, frame.length));
            }
        }
        return Optional.empty();
    }

    private static byte[] read(RandomAccessFile file, long at, long length) throws IOException {
        if (length < 0 || length > MAX_BYTES || at + length > file.length()) {
            throw new IOException("Its maker says more than there is");
        }
        byte[] bytes = new byte[(int) length];
        file.seek(at);
        file.readFully(bytes);
        return bytes;
    }

    private static Optional<byte[]> inId3(RandomAccessFile file) throws IOException {
        byte[] head = read(file, 0, Math.min(10, file.length()));
        if (head.length < 10 || !starts(head, 0, "ID3")) {
            return Optional.empty();
        }
        byte[] tag = read(file, 10, sevens(head, 6));
        boolean unsynchronised = (head[5] & UNSYNCHRONISED) != 0;
        return inFrames(unsynchronised ? synchronised(tag) : tag, head[3]);
    }

    /** ID3v2.2 has names and sizes of three bytes, later ones of four and two bytes of flags; 2.4 writes sizes in sevens. */
    private static Optional<byte[]> inFrames(byte[] tag, int version) {
        int name = version == 2 ? 3 : 4;
        int header = version == 2 ? 6 : 10;
        for (int at = 0; at + header <= tag.length && tag[at] != 0; ) {
            int size = version == 4 ? sevens(tag, at + 4) : number(tag, at + name, name);
            int start = at + header;
            if (size < 0 || size > tag.length - start) {
                return Optional.empty();
            }
            if (starts(tag, at, version == 2 ? "PIC" : "APIC")) {
                Optional<byte[]> found = picture(Arrays.copyOfRange(tag, start, start + size));
                if (found.isPresent()) {
                    return found;
                }
            }
            at = start + size;
        }
        return Optional.empty();
    }

    /** ID3v2.3, section 5: a zero stands behind each byte of ones that could look like sound. */
    private static byte[] synchronised(byte[] bytes) {
        byte[] out = new byte[bytes.length];
        int length = 0;
        for (int i = 0; i < bytes.length; i++) {
            out[length++] = bytes[i];
            if (bytes[i] == (byte) 0xff && i + 1 < bytes.length && bytes[i + 1] == 0) {
                i++;
            }
        }
        return Arrays.copyOf(out, length);
    }

    private static Optional<byte[]> inFlac(RandomAccessFile file) throws IOException {
        long at = 4;
        for (int step = 0; step < MAX_STEPS; step++) {
            byte[] header = read(file, at, 4);
            int size = number(header, 1, 3);
            if ((header[0] & 0x7f) == FLAC_PICTURE) {
                return picture(read(file, at + 4, size));
            }
            if ((header[0] & 0x80) != 0) {
                return Optional.empty();
            }
            at += 4L + size;
        }
        return Optional.empty();
    }

    /** Goes down one atom of each name after the other (ISO/IEC 14496-12, 4.2). */
    private static Optional<byte[]> inAtom(RandomAccessFile file, long start, long end, String... names)
            throws IOException {
        if (names.length == 0) {
            return picture(read(file, start, end - start));
        }
        long at = start;
        for (int step = 0; step < MAX_STEPS && at + 8 <= end; step++) {
            byte[] header = read(file, at, 8);
            long size = number(header, 0, 4) & 0xffffffffL;
            long begin = at + 8;
            if (size == 1) {
                size = file.readLong();
                begin += 8;
            }
            long next = size == 0 ? end : at + size;
            if (next < begin || next > end) {
                return Optional.empty();
            }
            if (starts(header, 4, names[0])) {
                long inside = names[0].equals("meta") ? begin + 4 : begin; // version and flags
                return inAtom(file, inside, next, Arrays.copyOfRange(names, 1, names.length));
            }
            at = next;
        }
        return Optional.empty();
    }

    private static int number(byte[] bytes, int at, int length) {
        int value = 0;
        for (int i = at; i < at + length; i++) {
            value = value << 8 | bytes[i] & 0xff;
        }
        return value;
    }

    /** Four bytes of seven bits each, as ID3v2 has them. */
    private static int sevens(byte[] bytes, int at) {
        int value = 0;
        for (int i = at; i < at + 4; i++) {
            value = value << 7 | bytes[i] & 0x7f;
        }
        return value;
    }
}
