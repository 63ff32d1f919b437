package dev.latchkey.browser;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Files to upload, different for each name. */
final class SampleFiles {
    private SampleFiles() {}

    /** A PNG of 40 by 30 pixels. */
    static Path picture(Path folder, String name) throws IOException {
        BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
        Graphics2D drawing = image.createGraphics();
        drawing.setColor(new Color(name.hashCode()));
        drawing.fillRect(0, 0, 40, 30);
        drawing.dispose();
        Path file = folder.resolve(name);
        ImageIO.write(image, "png", file.toFile());
        return file;
    }

    /** A line of plain text. */
    static Path text(Path folder, String name) throws IOException {
        return Files.writeString(folder.resolve(name), "A note called " + name + "\n");
    }
}
