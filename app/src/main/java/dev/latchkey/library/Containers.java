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
        if (start.startsWith("ftyp", 4) && start.length() >= 16) {
            return isoMedia(start.substring(8, 12), compatible(head, start));
        }
        return Optional.empty();
    }

    /** Matroska and WebM begin with an EBML header that names the kind of document (RFC 8794). */
    private static Optional<String> matroska(String start) {
        boolean webm = start.contains("\u0042\u0082\u0084webm");
        return Optional.of(webm ? "video/webm" : "video/x-matroska");
    }

    /** The brands that follow the major one, up to the end of the first box. */
    private static String compatible(byte[] head, String start) {
        int size = (head[2] & 0xff) << 8 | head[3] & 0xff;
        return start.substring(16, Math.max(16, Math.min(size, start.length())));
    }

    /** The major brand of an ISO base media file (ISO/IEC 14496-12); pictures may name theirs among the others. */
    private static Optional<String> isoMedia(String brand, String compatible) {
        return switch (brand) {
            case "isom", "iso2", "iso3", "iso4", "iso5", "iso6", "mp41", "mp42", "avc1", "dash", "M4V ", "M4VH" ->
                Optional.of("video/mp4");
            case "M4A ", "M4B " -> Optional.of("audio/mp4");
            case "avif", "avis" -> Optional.of("image/avif");
            case "mif1", "msf1" ->
                compatible.contains("avif")
                        ? Optional.of("image/avif")
                        : Optional.of(compatible.contains("heic") ? "image/heic" : "image/heif");
            default -> Optional.empty();
        };
    }
}
