package dev.latchkey.extract;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which program reads which media type. The type was told by the bytes of the file, and nothing is guessed again here. */
final class FileKinds {
    /** Decoded in Java, by the name that ImageIO has for the format. */
    private static final Map<String, String> PICTURES =
            Map.of("image/jpeg", "jpeg", "image/png", "png", "image/gif", "gif", "image/webp", "webp");

    /** Read by ffmpeg, by the name of the one demuxer that it may use: none that follows references to other files. */
    private static final Map<String, String> DEMUXERS = Map.ofEntries(
            Map.entry("image/heic", "mov"),
            Map.entry("image/heif", "mov"),
            Map.entry("image/avif", "mov"),
            Map.entry("video/mp4", "mov"),
            Map.entry("video/quicktime", "mov"),
            Map.entry("video/3gpp", "mov"),
            Map.entry("video/3gpp2", "mov"),
            Map.entry("video/webm", "matroska"),
            Map.entry("video/x-matroska", "matroska"),
            Map.entry("video/x-msvideo", "avi"),
            Map.entry("video/mpeg", "mpeg"),
            Map.entry("video/mp2t", "mpegts"),
            Map.entry("video/ogg", "ogg"),
            Map.entry("video/x-flv", "flv"),
            Map.entry("video/x-ms-wmv", "asf"),
            Map.entry("video/x-ms-asf", "asf"),
            Map.entry("audio/mp4", "mov"),
            Map.entry("audio/mpeg", "mp3"),
            Map.entry("audio/ogg", "ogg"),
            Map.entry("audio/wav", "wav"),
            Map.entry("audio/flac", "flac"));

    /** Older versions of ffmpeg cannot open these, or give one tile out of many. */
    private static final Set<String> HEIC = Set.of("image/heic", "image/heif");

    private static final int READS_HEIC = 7;

    private static final Set<String> STILLS = Set.of("image/heic", "image/heif", "image/avif");

    private FileKinds() {}

    /** Whether files of this type tell anything. */
    static boolean tellSomething(String mediaType) {
        return PICTURES.containsKey(mediaType) || DEMUXERS.containsKey(mediaType);
    }

    /** Whether only ffmpeg makes a picture of it. */
    static boolean isFilmOrStill(String mediaType) {
        return isStill(mediaType) || mediaType.startsWith("video/") && DEMUXERS.containsKey(mediaType);
    }

    /** The types that this version of ffmpeg makes pictures of, or would have to. */
    static Set<String> readBy(int version) {
        return DEMUXERS.keySet().stream()
                .filter(FileKinds::isFilmOrStill)
                .filter(type -> version >= READS_HEIC || !HEIC.contains(type))
                .collect(Collectors.toUnmodifiableSet());
    }

    static boolean isStill(String mediaType) {
        return STILLS.contains(mediaType);
    }

    /** ImageIO's name of the format, or null. */
    static String picture(String mediaType) {
        return PICTURES.get(mediaType);
    }

    /** ffmpeg's name of the demuxer, or null. */
    static String demuxer(String mediaType) {
        return DEMUXERS.get(mediaType);
    }
}
