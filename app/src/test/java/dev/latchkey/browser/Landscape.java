package dev.latchkey.browser;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.Polygon;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import javax.imageio.ImageIO;

/** Painted hills under a sky, different for each seed: holiday pictures that belong to nobody. */
final class Landscape {
    private static final int WIDTH = 1200;
    private static final int HEIGHT = 900;

    private final Random random;
    private final BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    private final Graphics2D paint = image.createGraphics();

    private Landscape(int seed) {
        random = new Random(seed * 7919L);
        paint.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    }

    /** The picture as a JPEG. */
    static byte[] jpeg(int seed) throws IOException {
        Landscape landscape = new Landscape(seed);
        landscape.sky();
        for (int layer = 0; layer < 4; layer++) {
            landscape.hills(layer);
        }
        landscape.paint.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(landscape.image, "jpeg", out);
        return out.toByteArray();
    }

    private void sky() {
        float hue = random.nextFloat() < 0.6f ? 0.55f + random.nextFloat() * 0.08f : random.nextFloat() * 0.1f;
        Color above = Color.getHSBColor(hue, 0.65f, 0.8f);
        Color below = Color.getHSBColor(hue + 0.03f, 0.2f, 0.98f);
        paint.setPaint(new GradientPaint(0, 0, above, 0, HEIGHT * 0.7f, below));
        paint.fillRect(0, 0, WIDTH, HEIGHT);
        paint.setColor(new Color(255, 248, 220, 220));
        int size = 80 + random.nextInt(90);
        paint.fillOval(random.nextInt(WIDTH - size), 60 + random.nextInt(240), size, size);
    }

    /** Farther layers are higher, paler and bluer. */
    private void hills(int layer) {
        float hue = 0.27f + random.nextFloat() * 0.1f + (3 - layer) * 0.05f;
        paint.setColor(Color.getHSBColor(hue, 0.25f + layer * 0.12f, 0.75f - layer * 0.15f));
        double phase = random.nextDouble() * 10;
        double steepness = 40 + random.nextInt(80);
        int base = 420 + layer * 120;
        Polygon hill = new Polygon();
        hill.addPoint(0, HEIGHT);
        for (int x = 0; x <= WIDTH; x += 8) {
            double y = base - steepness * Math.sin(phase + x / 210.0) - steepness / 3 * Math.sin(phase * 2 + x / 67.0);
            hill.addPoint(x, (int) y);
        }
        hill.addPoint(WIDTH, HEIGHT);
        paint.fillPolygon(hill);
    }
}
