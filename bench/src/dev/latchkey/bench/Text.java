package dev.latchkey.bench;

import java.util.Locale;

/** Numbers for people. */
final class Text {
    private Text() {}

    /** Three significant digits, more only for whole numbers above a thousand. */
    static String number(double value) {
        if (value >= 100) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, value >= 10 ? "%.1f" : "%.2f", value);
    }

    static String perSecond(double value) {
        return number(value) + "/s";
    }

    static String megabytes(double bytesPerSecond) {
        return number(bytesPerSecond / 1e6) + " MB/s";
    }

    static String millis(double value) {
        return number(value) + " ms";
    }
}
