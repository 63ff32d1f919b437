package dev.latchkey.library;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Tells apart what shares a container: the detector's table stops at the container for these. */
final class Containers {
    private Containers() {}

    /** The media type, where the first bytes are of a container that is known here. */
    static Optional<String> type(byte[] head) {
        String start = new String(head, 0, Math.min(head.length, 256), StandardCharsets.ISO_8859_1);
        if (start.startsWith("\u001aE\u00df\u00a3")) {
            return matroska(start);
        }
        if (start.startsWith("ftyp", 4) && start.length() >= 12) {
            return isoMedia(start.substring(8, 12));
        }
        return Optional.empty();
    }

    /** Matroska and WebM begin with an EBML header that names the kind of document (RFC 8794). */
    private static Optional<String> matroska(String start) {
        boolean webm = start.contains("\u0042\u0082\u0084webm");
        return Optional.of(webm ? "video/webm" : "video/x-matroska");
    }

    /** The major brand of an ISO base media file (ISO/IEC 14496-12). */
    private static Optional<String> isoMedia(String brand) {
        return switch (brand) {
            case "isom", "iso2", "iso3", "iso4", "iso5", "iso6", "mp41", "mp42", "avc1", "dash", "M4V ", "M4VH" ->
                Optional.of("video/mp4");
            case "M4A ", "M4B " -> Optional.of("audio/mp4");
            case "avif", "avis" -> Optional.of("image/avif");
            default -> Optional.empty();
        };
    }
}
