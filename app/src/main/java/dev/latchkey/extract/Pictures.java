package dev.latchkey.extract;

import java.awt.Dimension;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes a picture, or the first of several in a file, within bounds: its size is read first and must be one that
 * cameras make, and of a large one only every second or third pixel is kept.
 */
final class Pictures implements AutoCloseable {
    static final long MAX_PIXELS = 100_000_000;
    static final int MAX_SIDE = 32_767;
    /** So many pixels are held at once; twice what a 1024 pixel wide picture needs in each direction is there for most. */
    private static final double KEPT_PIXELS = 16_000_000;
    /** Of these formats the decoder holds all coefficients or the whole picture, in so many bytes for a pixel. */
    private static final int PROGRESSIVE_BYTES = 6;

    private static final long MAX_DECODER_BYTES = 400_000_000;
    private static final int WEBP_PIXELS = 40_000_000;

    private final ImageInputStream in;
    private final ImageReader reader;
    private final String format;

    private Pictures(ImageInputStream in, ImageReader reader, String format) {
        this.in = in;
        this.reader = reader;
        this.format = format;
    }

    static Pictures open(Path file, String format) throws IOException {
        return open(ImageIO.createImageInputStream(file.toFile()), format);
    }

    /** As {@link #open(Path, String)}, of a picture in memory. */
    static Pictures open(byte[] bytes, String format) throws IOException {
        return open(new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes)), format);
    }

    private static Pictures open(ImageInputStream in, String format) throws IOException {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
        if (!readers.hasNext()) {
            throw new IOException("Nothing here reads " + format);
        }
        ImageReader reader = readers.next();
        reader.setInput(in, false, true);
        return new Pictures(in, reader, format);
    }

    /** In pixels as stored, before any rotation. Reads no more than the header. */
    Dimension size() throws IOException {
        return new Dimension(reader.getWidth(0), reader.getHeight(0));
    }

    /**
     * Decodes it, in the colours of screens.
     *
     * @param progressive whether the file says that it comes in several passes
     * @throws IOException also when it is too large
     */
    BufferedImage decode(boolean progressive) throws IOException {
        Dimension size = size();
        requireBounds(size, progressive);
        int step = step(size);
        ImageReadParam parameters = reader.getDefaultReadParam();
        parameters.setSourceSubsampling(step, step, 0, 0);
        return onScreen(reader.read(0, parameters));
    }

    /** @throws IOException when a picture of this size is larger than cameras make */
    static void requireBounds(Dimension size) throws IOException {
        long pixels = (long) size.width * size.height;
        if (pixels < 1 || pixels > MAX_PIXELS || Math.max(size.width, size.height) > MAX_SIDE) {
            throw new IOException("The picture is too large");
        }
    }

    private void requireBounds(Dimension size, boolean progressive) throws IOException {
        requireBounds(size);
        long pixels = (long) size.width * size.height;
        boolean large = progressive && pixels * PROGRESSIVE_BYTES > MAX_DECODER_BYTES
                || format.equals("webp") && pixels > WEBP_PIXELS;
        if (large) {
            throw new IOException("The picture would take too much memory");
        }
    }

    /** The size that a picture takes on a screen which may be larger than itself. */
    static Dimension larger(Dimension picture, Optional<Dimension> screen) {
        return screen.map(size ->
                        new Dimension(Math.max(picture.width, size.width), Math.max(picture.height, size.height)))
                .orElse(picture);
    }

    private static int step(Dimension size) {
        return (int) Math.ceil(Math.sqrt((double) size.width * size.height / KEPT_PIXELS));
    }

    /** Converts all pixels at once: drawing one image on another would ask the colour profile for each of them. */
    private static BufferedImage onScreen(BufferedImage image) {
        ColorSpace space = image.getColorModel().getColorSpace();
        if (space.isCS_sRGB() || space.getType() == ColorSpace.TYPE_GRAY) {
            return image;
        }
        boolean alpha = image.getColorModel().hasAlpha();
        int type = alpha ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB;
        BufferedImage converted = new BufferedImage(image.getWidth(), image.getHeight(), type);
        return new ColorConvertOp(null).filter(image, converted);
    }

    @Override
    public void close() throws IOException {
        reader.dispose();
        in.close();
    }
}
