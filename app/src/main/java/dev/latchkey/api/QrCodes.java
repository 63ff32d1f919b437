package dev.latchkey.api;

import io.nayuki.qrcodegen.QrCode;

/** Draws QR codes as small SVG pictures that scale to any size. */
final class QrCodes {
    /** The quiet zone that scanners need, in modules (ISO/IEC 18004). */
    private static final int BORDER = 4;

    private QrCodes() {}

    /** One white square and one black path; no scripts, styles or links. */
    static String svg(String text) {
        QrCode code = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
        int size = code.size + 2 * BORDER;
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + size + " " + size
                + "\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h" + size + "v" + size
                + "H0z\"/><path d=\"" + path(code) + "\"/></svg>";
    }

    /** A stroke for each run of dark modules in a row. */
    private static String path(QrCode code) {
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < code.size; y++) {
            int x = 0;
            while (x < code.size) {
                int start = x;
                while (code.getModule(x, y)) { // beyond the edge everything is light
                    x++;
                }
                if (x > start) {
                    path.append('M').append(start + BORDER).append(' ').append(y + BORDER);
                    path.append('h')
                            .append(x - start)
                            .append("v1h")
                            .append(start - x)
                            .append('z');
                }
                x++;
            }
        }
        return path.toString();
    }
}
