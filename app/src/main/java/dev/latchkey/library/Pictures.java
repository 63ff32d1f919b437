package dev.latchkey.library;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Knows the common pictures at sight. Most uploads are one of these, and the detector goes through all of its table
 * for each of them, which takes more time than everything else that is done to a small file.
 */
final class Pictures {
    private Pictures() {}

    /** The media type, where the first bytes are those of a JPEG, PNG, GIF or WebP file. */
    static Optional<String> type(byte[] head) {
        String start = new String(head, 0, Math.min(head.length, 12), StandardCharsets.ISO_8859_1);
        if (start.startsWith("\u00ff\u00d8\u00ff")) {
            return Optional.of("image/jpeg");
        }
        if (start.startsWith("\u0089PNG\r\n\u001a\n")) {
            return Optional.of("image/png");
        }
        if (start.startsWith("GIF87a") || start.startsWith("GIF89a")) {
            return Optional.of("image/gif");
        }
        return start.startsWith("RIFF") && start.startsWith("WEBP", 8) ? Optional.of("image/webp") : Optional.empty();
    }
}
