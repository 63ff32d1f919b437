package dev.latchkey.harness;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;

/** Pictures whose corners are red, green, blue and white (from the top left, line by line), and some that are bombs. */
public final class Photo {
    private Photo() {}

    /** A picture of that size in a format of the Java platform. */
    public static byte[] of(String format, int width, int height) {
        return write(corners(width, height, BufferedImage.TYPE_INT_RGB), format);
    }

    /** A PNG whose lower right quarter is transparent. */
    public static byte[] transparent(int width, int height) {
        BufferedImage image = corners(width, height, BufferedImage.TYPE_INT_ARGB);
        for (int y = height / 2; y < height; y++) {
            for (int x = width / 2; x < width; x++) {
                image.setRGB(x, y, 0);
            }
        }
        return write(image, "png");
    }

    private static BufferedImage corners(int width, int height, int type) {
        BufferedImage image = new BufferedImage(width, height, type);
        Graphics2D graphics = image.createGraphics();
        Color[] colours = {Color.RED, Color.GREEN, Color.BLUE, Color.WHITE};
        for (int i = 0; i < 4; i++) {
            graphics.setColor(colours[i]);
            graphics.fillRect(i % 2 * width / 2, i / 2 * height / 2, width - width / 2, height - height / 2);
        }
        graphics.dispose();
        return image;
    }

    private static byte[] write(BufferedImage image, String format) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, format, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** What {@link ImageIO} makes of the bytes. */
    public static BufferedImage read(byte[] bytes) {
        try {
            return ImageIO.read(new ByteArrayInputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A JPEG as cameras write it.
     *
     * @param orientation as in EXIF
     * @param taken such as {@code 2024:05:06 07:08:09}
     * @param offset such as {@code +02:00}, or null
     */
    public static byte[] camera(int width, int height, int orientation, String taken, String offset) {
        byte[] jpeg = of("jpeg", width, height);
        byte[] exif = exif(orientation, taken, offset);
        return written(out -> {
            out.write(jpeg, 0, 2);
            out.writeShort(0xffe1);
            out.writeShort(exif.length + 2);
            out.write(exif);
            out.write(jpeg, 2, jpeg.length - 2);
        });
    }

    /** A TIFF of two directories, whose texts stand behind them. */
    private static byte[] exif(int orientation, String taken, String offset) {
        int second = 8 + 2 + 2 * 12 + 4;
        int texts = second + 2 + (offset == null ? 1 : 2) * 12 + 4;
        return written(out -> {
            out.writeBytes("Exif\0\0MM\0*");
            out.writeInt(8);
            out.writeShort(2);
            entry(out, 0x0112, 3, 1, orientation << 16);
            entry(out, 0x8769, 4, 1, second);
            out.writeInt(0);
            out.writeShort(offset == null ? 1 : 2);
            entry(out, 0x9003, 2, taken.length() + 1, texts);
            if (offset != null) {
                entry(out, 0x9011, 2, offset.length() + 1, texts + taken.length() + 1);
            }
            out.writeInt(0);
            out.writeBytes(taken + "\0" + (offset == null ? "" : offset + "\0"));
        });
    }

    private static void entry(DataOutputStream out, int tag, int type, int count, int value) throws IOException {
        out.writeShort(tag);
        out.writeShort(type);
        out.writeInt(count);
        out.writeInt(value);
    }

    /** A WebP of one pixel, with loss. */
    public static byte[] webp() {
        return Base64.getDecoder().decode("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA");
    }

    /** A WebP of one pixel, without loss. */
    public static byte[] losslessWebp() {
        return Base64.getDecoder().decode("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==");
    }

    /** A PNG of zeros in shades of grey: some kilobytes that become many megabytes. */
    public static byte[] bomb(int width, int height, int bits) {
        return written(out -> {
            out.writeLong(0x89504e470d0a1a0aL);
            chunk(out, "IHDR", written(header -> {
                header.writeInt(width);
                header.writeInt(height);
                header.write(new byte[] {(byte) bits, 0, 0, 0, 0});
            }));
            ByteArrayOutputStream data = new ByteArrayOutputStream();
            try (DeflaterOutputStream deflated = new DeflaterOutputStream(data)) {
                for (int y = 0; y < height; y++) {
                    deflated.write(new byte[(width * bits + 7) / 8 + 1]);
                }
            }
            chunk(out, "IDAT", data.toByteArray());
            chunk(out, "IEND", new byte[0]);
        });
    }

    private static void chunk(DataOutputStream out, String name, byte[] data) throws IOException {
        byte[] named = written(bytes -> {
            bytes.writeBytes(name);
            bytes.write(data);
        });
        CRC32 crc = new CRC32();
        crc.update(named);
        out.writeInt(data.length);
        out.write(named);
        out.writeInt((int) crc.getValue());
    }

    /** A JPEG that says to be this large, with the data of a small one. */
    public static byte[] pretending(int width, int height) {
        byte[] jpeg = of("jpeg", 16, 16);
        for (int i = 2; i < jpeg.length - 8; i++) {
            if (jpeg[i] == (byte) 0xff && jpeg[i + 1] == (byte) 0xc0) {
                jpeg[i + 5] = (byte) (height >> 8);
                jpeg[i + 6] = (byte) height;
                jpeg[i + 7] = (byte) (width >> 8);
                jpeg[i + 8] = (byte) width;
                return jpeg;
            }
        }
        throw new IllegalStateException("no header");
    }

    /** A GIF of a few pixels on the largest screen that there can be. */
    public static byte[] gifOnHugeScreen() {
        byte[] gif = of("gif", 4, 4);
        for (int i = 6; i < 10; i++) {
            gif[i] = (byte) 0xff;
        }
        return gif;
    }

    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    private static byte[] written(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            writing.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Bytes as they are, cut after so many. */
    public static byte[] cut(byte[] bytes, int length) {
        return java.util.Arrays.copyOf(bytes, length);
    }

    /** Text where a picture should be, with the first bytes of one. */
    public static byte[] onlyTheHead() {
        return written(out -> {
            out.write(cut(of("jpeg", 16, 16), 20));
            out.write("This is no picture.".repeat(100).getBytes(StandardCharsets.UTF_8));
        });
    }
}
