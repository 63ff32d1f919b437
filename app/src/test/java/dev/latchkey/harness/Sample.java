package dev.latchkey.harness;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;

/** Small files of many kinds; what is called unique differs each time. */
public final class Sample {
    private static final AtomicInteger COUNTER = new AtomicInteger();

    private Sample() {}

    /** A line of text that nobody has uploaded before. */
    public static byte[] uniqueText() {
        return utf8("Note number " + COUNTER.incrementAndGet() + ", for the library.\n");
    }

    /** A picture that nobody has uploaded before. */
    public static byte[] uniqueImage(String format) {
        BufferedImage image = new BufferedImage(24, 16, BufferedImage.TYPE_INT_RGB);
        image.setRGB(3, 3, 0xffffff);
        int number = COUNTER.incrementAndGet();
        for (int i = 0; i < 16; i++) {
            image.setRGB(i, 8, (number >> i & 1) == 1 ? 0xff0000 : 0x0000ff);
        }
        return write(image, format);
    }

    private static byte[] write(BufferedImage image, String format) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(image, format, out)) {
                throw new IllegalArgumentException(format);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** A WAV file with a few samples of silence (RIFF, PCM, mono, 8 bit). */
    public static byte[] wav() {
        byte[] header = HexFormat.of()
                .parseHex("524946462c000000" + "57415645666d7420" + "1000000001000100" + "401f0000401f0000" + "01000800"
                        + "64617461" + "08000000");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(header);
        out.writeBytes(new byte[] {-128, -128, -128, -128, -128, -128, -128, -128});
        return out.toByteArray();
    }

    public static byte[] svg() {
        return utf8("<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>");
    }

    public static byte[] html() {
        return utf8("<!DOCTYPE html><html><head><title>x</title></head><body><script>alert(1)</script></body></html>");
    }

    public static byte[] xml() {
        return utf8("<?xml version=\"1.0\" encoding=\"UTF-8\"?><note><to>you</to></note>");
    }

    public static byte[] pdf() {
        return utf8("%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n");
    }

    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The SHA-256 of these bytes. */
    public static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The SHA-256 of these bytes in hexadecimal, as the API names files. */
    public static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(digest(bytes));
    }
}
