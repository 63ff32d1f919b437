package dev.latchkey.library;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Rules for names of files. A name is data that people read, and never a path on this machine. */
public final class FileNames {
    private static final int MAX_BYTES = 255;
    private static final int MAX_EXTENSION_BYTES = 32;
    private static final String UNNAMED = "unnamed";

    /** Controls, broken surrogates, line separators, and the marks that make "gpj.exe" look like "exe.jpg". */
    private static final Pattern REMOVED =
            Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\u202A-\\u202E\\u2066-\\u2069]");

    private FileNames() {}

    /**
     * The name as it is kept: NFC, without a path, without control characters, at most 255 bytes of UTF-8 with its
     * extension kept; "unnamed" when nothing is left, or nothing was given.
     */
    public static String clean(String given) {
        if (given == null) {
            return UNNAMED;
        }
        String name = given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
        name = Normalizer.normalize(REMOVED.matcher(name).replaceAll(""), Normalizer.Form.NFC)
                .strip();
        return name.isEmpty() || name.equals(".") || name.equals("..") ? UNNAMED : shorten(name);
    }

    private static String shorten(String name) {
        if (bytes(name) <= MAX_BYTES) {
            return name;
        }
        String extension = extension(name);
        String stem = name.substring(0, name.length() - extension.length());
        return (cut(stem, MAX_BYTES - bytes(extension)) + extension).stripTrailing(); // the cut may end in a blank
    }

    /** With its dot; empty when there is none worth keeping. */
    private static String extension(String name) {
        int dot = name.lastIndexOf('.');
        String extension = dot < 1 ? "" : name.substring(dot);
        return bytes(extension) > MAX_EXTENSION_BYTES ? "" : extension;
    }

    /** Between code points, so that no letter is left in half. */
    private static String cut(String text, int maxBytes) {
        int end = 0;
        int length = 0;
        while (end < text.length()) {
            int next = text.offsetByCodePoints(end, 1);
            length += bytes(text.substring(end, next));
            if (length > maxBytes) {
                break;
            }
            end = next;
        }
        return text.substring(0, end);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** What names are ordered by: no regard to case. */
    static String key(String filename) {
        return filename.toLowerCase(Locale.ROOT);
    }
}
