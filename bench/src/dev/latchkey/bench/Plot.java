package dev.latchkey.bench;

import java.util.List;
import java.util.Locale;

/** A bar for every figure, drawn so that the budget is one line for all of them and longer is better. */
final class Plot {
    private static final int WIDTH = 960;
    private static final int LABELS = 370;
    private static final int ROW = 34;
    private static final int TOP = 64;
    private static final double MOST = 2;
    private static final double UNIT = (WIDTH - LABELS - 180) / MOST;
    private static final String STYLE = """
            <style>
            text { font: 13px system-ui, sans-serif; fill: #1f2328; }
            .title { font-size: 16px; font-weight: 600; }
            .quiet { fill: #59636e; font-size: 12px; }
            .page { fill: #ffffff; }
            .met { fill: #1a7f5a; } .missed { fill: #c4432b; }
            .budget { stroke: #1f2328; stroke-width: 1.5; stroke-dasharray: 5 3; }
            @media (prefers-color-scheme: dark) {
              text { fill: #e6edf3; } .quiet { fill: #9198a1; } .page { fill: #0d1117; }
              .met { fill: #3fb68b; } .missed { fill: #f47b64; } .budget { stroke: #e6edf3; }
            }
            </style>
            """;

    private Plot() {}

    static String svg(List<Row> rows) {
        int height = TOP + ROW * rows.size() + 24;
        var svg = new StringBuilder();
        svg.append(format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n",
                WIDTH, height, "Every figure against its budget"));
        svg.append(STYLE).append(format("<rect class=\"page\" width=\"%d\" height=\"%d\"/>%n", WIDTH, height));
        svg.append(text(16, 28, "title", "Every figure against its budget"));
        svg.append(text(LABELS + UNIT, 48, "quiet\" text-anchor=\"middle", "budget"));
        svg.append(text(WIDTH - 16, 48, "quiet\" text-anchor=\"end", "longer is better; cut at twice the budget"));
        for (int i = 0; i < rows.size(); i++) {
            svg.append(bar(rows.get(i), TOP + i * ROW));
        }
        svg.append(format(
                "<line class=\"budget\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>%n",
                LABELS + UNIT, TOP - 10, LABELS + UNIT, height - 20));
        return svg.append("</svg>\n").toString();
    }

    private static String bar(Row row, int y) {
        double length = Math.min(row.budget().score(row.value()), MOST) * UNIT;
        String value = row.budget().with(row.value()) + " (" + row.budget().text() + ")" + (row.met() ? "" : " ✗");
        return text(LABELS - 10, y + 16, "label\" text-anchor=\"end", row.what().replace("`", ""))
                + format(
                        "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"20\" rx=\"3\"/>%n",
                        row.met() ? "met" : "missed", LABELS, y + 1, Math.max(length, 2))
                + text(LABELS + length + 6, y + 16, "quiet", value);
    }

    private static String text(double x, int y, String styles, String words) {
        String safe = words.replace("&", "&amp;").replace("<", "&lt;");
        return format("<text class=\"%s\" x=\"%.1f\" y=\"%d\">%s</text>%n", styles, x, y, safe);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
