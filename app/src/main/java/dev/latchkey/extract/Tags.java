package dev.latchkey.extract;

import com.drew.imaging.FileType;
import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.gif.GifHeaderDirectory;
import com.drew.metadata.heif.HeifDirectory;
import com.drew.metadata.jpeg.JpegDirectory;
import com.drew.metadata.mov.QuickTimeDirectory;
import com.drew.metadata.mov.media.QuickTimeVideoDirectory;
import com.drew.metadata.mp4.Mp4Directory;
import com.drew.metadata.mp4.media.Mp4VideoDirectory;
import java.awt.Dimension;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What stands in the tags of a file: EXIF, and the headers of films. */
final class Tags {
    /** Longer than any film; whoever says more is broken. */
    static final Duration LONGEST = Duration.ofDays(366);

    private static final int PROGRESSIVE = 2;

    private static final Map<String, FileType> TYPES = Map.ofEntries(
            Map.entry("image/jpeg", FileType.Jpeg),
            Map.entry("image/png", FileType.Png),
            Map.entry("image/gif", FileType.Gif),
            Map.entry("image/webp", FileType.WebP),
            Map.entry("image/heic", FileType.Heif),
            Map.entry("image/heif", FileType.Heif),
            Map.entry("image/avif", FileType.Avif),
            Map.entry("video/quicktime", FileType.QuickTime),
            Map.entry("video/mp4", FileType.Mp4),
            Map.entry("video/3gpp", FileType.Mp4),
            Map.entry("video/3gpp2", FileType.Mp4),
            Map.entry("audio/mp4", FileType.Mp4));

    private final Metadata metadata;

    private Tags(Metadata metadata) {
        this.metadata = metadata;
    }

    /** The tags of a file; none where it is broken or has none. */
    static Tags of(Path file, String mediaType) {
        FileType type = TYPES.get(mediaType);
        if (type == null) {
            return new Tags(new Metadata());
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return new Tags(ImageMetadataReader.readMetadata(in, Files.size(file), type));
        } catch (IOException | ImageProcessingException | RuntimeException | OutOfMemoryError | StackOverflowError e) {
            return new Tags(new Metadata()); // lengths and depths in it are whatever its maker wrote
        }
    }

    /** As told by the tags alone: of films and HEIF, not of pictures that are decoded here. */
    Facts facts(Instant now) {
        Facts facts = new Facts(null, null, duration(), TakenAt.of(metadata, now), Facts.Thumbnail.NONE);
        return size(facts);
    }

    private Facts size(Facts facts) {
        for (Directory video : metadata.getDirectories()) {
            boolean mp4 = video instanceof Mp4VideoDirectory;
            if (mp4 || video instanceof QuickTimeVideoDirectory) {
                Integer rotation = rotation();
                return sized(
                        facts,
                        video.getInteger(mp4 ? Mp4VideoDirectory.TAG_WIDTH : QuickTimeVideoDirectory.TAG_WIDTH),
                        video.getInteger(mp4 ? Mp4VideoDirectory.TAG_HEIGHT : QuickTimeVideoDirectory.TAG_HEIGHT),
                        rotation != null && rotation % 180 != 0);
            }
        }
        return still(facts);
    }

    private Facts still(Facts facts) {
        for (Directory heif : metadata.getDirectoriesOfType(HeifDirectory.class)) {
            Integer rotation = heif.getInteger(HeifDirectory.TAG_IMAGE_ROTATION);
            Facts sized = sized(
                    facts,
                    heif.getInteger(HeifDirectory.TAG_IMAGE_WIDTH),
                    heif.getInteger(HeifDirectory.TAG_IMAGE_HEIGHT),
                    rotation != null && rotation % 180 != 0);
            if (sized.width() != null) {
                return sized;
            }
        }
        return facts;
    }

    private static Facts sized(Facts facts, Integer width, Integer height, boolean lying) {
        boolean known = width != null && height != null && width > 0 && height > 0;
        return known ? facts.sized(lying ? height : width, lying ? width : height) : facts;
    }

    private Integer rotation() {
        Mp4Directory mp4 = metadata.getFirstDirectoryOfType(Mp4Directory.class);
        if (mp4 != null) {
            return mp4.getInteger(Mp4Directory.TAG_ROTATION);
        }
        QuickTimeDirectory mov = metadata.getFirstDirectoryOfType(QuickTimeDirectory.class);
        return mov == null ? null : mov.getInteger(QuickTimeDirectory.TAG_ROTATION);
    }

    private Duration duration() {
        Directory mp4 = metadata.getFirstDirectoryOfType(Mp4Directory.class);
        if (mp4 != null) {
            return duration(mp4, Mp4Directory.TAG_DURATION, Mp4Directory.TAG_TIME_SCALE);
        }
        Directory mov = metadata.getFirstDirectoryOfType(QuickTimeDirectory.class);
        return mov == null ? null : duration(mov, QuickTimeDirectory.TAG_DURATION, QuickTimeDirectory.TAG_TIME_SCALE);
    }

    private static Duration duration(Directory directory, int units, int unitsInSecond) {
        Long length = directory.getLongObject(units);
        Long scale = directory.getLongObject(unitsInSecond);
        if (length == null || scale == null || scale <= 0) {
            return null;
        }
        return duration((double) length / scale);
    }

    /** Null when it is no time that a film lasts. */
    static Duration duration(double seconds) {
        return seconds > 0 && seconds < LONGEST.toSeconds() ? Duration.ofMillis(Math.round(seconds * 1000)) : null;
    }

    /** The size of the screen that a GIF is painted on; each of its pictures may be smaller. */
    Optional<Dimension> screen() {
        Directory gif = metadata.getFirstDirectoryOfType(GifHeaderDirectory.class);
        Integer width = gif == null ? null : gif.getInteger(GifHeaderDirectory.TAG_IMAGE_WIDTH);
        Integer height = gif == null ? null : gif.getInteger(GifHeaderDirectory.TAG_IMAGE_HEIGHT);
        boolean known = width != null && height != null && width > 0 && height > 0;
        return known ? Optional.of(new Dimension(width, height)) : Optional.empty();
    }

    /** By EXIF, 1 to 8; 1 where it is not told. */
    int orientation() {
        Directory exif = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
        Integer orientation = exif == null ? null : exif.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
        return orientation == null || orientation < 1 || orientation > 8 ? 1 : orientation;
    }

    /** Whether a JPEG comes in several passes; also true of one that does not tell. */
    boolean isProgressive() {
        Directory jpeg = metadata.getFirstDirectoryOfType(JpegDirectory.class);
        Integer compression = jpeg == null ? null : jpeg.getInteger(JpegDirectory.TAG_COMPRESSION_TYPE);
        return compression == null || compression >= PROGRESSIVE;
    }
}
