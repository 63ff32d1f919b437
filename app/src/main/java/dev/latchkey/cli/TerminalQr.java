package dev.latchkey.cli;

import io.nayuki.qrcodegen.QrCode;

/** A QR code in the letters of a terminal: half blocks, two rows to a line, with the quiet zone that scanners want. */
final class TerminalQr {
    private static final int QUIET = 2;

    private TerminalQr() {}

    /** The code of {@code text}, dark on light where the terminal writes light on dark, as most do. */
    static String of(String text) {
        QrCode code = QrCode.encodeText(text, QrCode.Ecc.LOW);
        StringBuilder lines = new StringBuilder();
        for (int y = -QUIET; y < code.size + QUIET; y += 2) {
            for (int x = -QUIET; x < code.size + QUIET; x++) {
                lines.append(block(code.getModule(x, y), code.getModule(x, y + 1)));
            }
            lines.append('\n');
        }
        return lines.toString();
    }

    private static char block(boolean upperDark, boolean lowerDark) {
        if (upperDark) {
            return lowerDark ? ' ' : '\u2584';
        }
        return lowerDark ? '\u2580' : '\u2588';
    }
}
