package dev.latchkey.library;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MediaType;
import org.apache.tika.mime.MimeTypes;

/**
 * Tells what a file is by its first bytes. Its name only narrows what the bytes say already (text that is called
 * {@code .csv}, a zip that is called {@code .docx}), and never to something that browsers would show.
 */
public final class ContentTypes {
    private static final Set<String> INLINE = Set.of(
            "image/jpeg",
            "image/png",
            "image/gif",
            "image/webp",
            "image/avif",
            "video/mp4",
            "video/webm",
            "audio/mpeg",
            "audio/mp4",
            "audio/ogg",
            "video/ogg",
            "audio/wav",
            "audio/flac",
            "text/plain");

    /** Names that browsers know, for those that the detector gives. */
    private static final Map<String, String> USUAL = Map.ofEntries(
            Map.entry("audio/vnd.wave", "audio/wav"),
            Map.entry("audio/x-flac", "audio/flac"),
            Map.entry("application/mp4", "video/mp4"),
            Map.entry("video/x-m4v", "video/mp4"),
            Map.entry("audio/vorbis", "audio/ogg"),
            Map.entry("audio/opus", "audio/ogg"),
            Map.entry("audio/speex", "audio/ogg"),
            Map.entry("audio/x-oggflac", "audio/ogg"),
            Map.entry("video/theora", "video/ogg"),
            Map.entry("video/x-dirac", "video/ogg"),
            Map.entry("application/xhtml+xml", "text/html"));

    private static final Set<String> DOCUMENTS = Set.of(
            "application/pdf",
            "application/rtf",
            "application/epub+zip",
            "application/xml",
            "application/json",
            "application/postscript",
            "application/msword",
            "application/x-tika-msoffice",
            "application/x-tika-ooxml");

    private static final Set<String> DOCUMENT_FAMILIES = Set.of(
            "text/",
            "application/vnd.openxmlformats-officedocument",
            "application/vnd.oasis.opendocument",
            "application/vnd.ms-",
            "application/vnd.apple.");

    /** Loads the table of types, which takes some tenths of a second, before the first upload needs it. */
    public void warmUp() {
        MimeTypes.getDefaultMimeTypes();
    }

    /** @param head the first bytes of the file, some kilobytes where it has them */
    public ContentType of(byte[] head, String filename) {
        MimeTypes types = MimeTypes.getDefaultMimeTypes();
        MediaType content = Pictures.type(head)
                .or(() -> Containers.type(head))
                .map(MediaType::parse)
                .orElseGet(() -> detect(types, head, null).getBaseType());
        MediaType named = detect(types, null, filename).getBaseType();
        boolean narrower = types.getMediaTypeRegistry().isSpecializationOf(named, content);
        String type = usual(narrower && isDocument(named.toString()) ? named : content);
        return new ContentType(type, kind(type));
    }

    private static MediaType detect(MimeTypes types, byte[] head, String filename) {
        Metadata metadata = new Metadata();
        if (filename != null) {
            metadata.set(TikaCoreProperties.RESOURCE_NAME_KEY, filename);
        }
        try {
            return types.detect(head == null ? null : new ByteArrayInputStream(head), metadata);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String usual(MediaType type) {
        return USUAL.getOrDefault(type.toString(), type.toString());
    }

    private static Kind kind(String type) {
        return switch (type.substring(0, type.indexOf('/'))) {
            case "image" -> Kind.IMAGE;
            case "video" -> Kind.VIDEO;
            case "audio" -> Kind.AUDIO;
            default -> isDocument(type) ? Kind.DOCUMENT : Kind.OTHER;
        };
    }

    private static boolean isDocument(String type) {
        return DOCUMENTS.contains(type) || DOCUMENT_FAMILIES.stream().anyMatch(type::startsWith);
    }

    /** Whether browsers may show it in place; everything else is only ever downloaded. */
    public static boolean isInline(String mediaType) {
        return INLINE.contains(mediaType);
    }

    /** The value for a Content-Type header. */
    public static String header(String mediaType) {
        return mediaType.equals("text/plain") ? "text/plain; charset=utf-8" : mediaType;
    }
}
