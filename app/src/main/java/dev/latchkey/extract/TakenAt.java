package dev.latchkey.extract;

import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifSubIFDDirectory;
import com.drew.metadata.exif.GpsDirectory;
import com.drew.metadata.mov.QuickTimeDirectory;
import com.drew.metadata.mov.metadata.QuickTimeMetadataDirectory;
import com.drew.metadata.mp4.Mp4Directory;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Optional;

/**
 * When a picture or film was taken. Cameras write the time on their clock; its distance from UTC is a tag of its own, else
 * it follows from the time that satellites told, else it is taken for that of the server.
 */
final class TakenAt {
    private static final DateTimeFormatter EXIF = DateTimeFormatter.ofPattern("uuuu:MM:dd HH:mm:ss");
    private static final DateTimeFormatter APPLE = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss[XXX][XX][X]");
    /** The first photograph. */
    private static final Instant FIRST = Instant.parse("1826-01-01T00:00:00Z");
    /** Films begin with a zero year of 1904 where their maker had no clock. */
    private static final Instant FIRST_FILM = Instant.parse("1990-01-01T00:00:00Z");

    private static final Duration QUARTER = Duration.ofMinutes(15);

    private TakenAt() {}

    /** Null where it is not told, or cannot be. */
    static Instant of(Metadata metadata, Instant now) {
        return exif(metadata)
                .filter(time -> time.isAfter(FIRST))
                .or(() -> film(metadata).filter(time -> time.isAfter(FIRST_FILM)))
                .filter(time -> time.isBefore(now.plus(1, ChronoUnit.DAYS)))
                .orElse(null);
    }

    private static Optional<Instant> exif(Metadata metadata) {
        for (Directory exif : metadata.getDirectoriesOfType(ExifSubIFDDirectory.class)) {
            Optional<LocalDateTime> local = local(exif.getString(ExifSubIFDDirectory.TAG_DATETIME_ORIGINAL));
            if (local.isPresent()) {
                String offset = exif.getString(ExifSubIFDDirectory.TAG_TIME_ZONE_ORIGINAL);
                return local.map(time -> time.plus(fraction(exif)).toInstant(offset(time, offset, metadata)));
            }
        }
        return satellites(metadata);
    }

    private static Optional<LocalDateTime> local(String text) {
        try {
            return text == null ? Optional.empty() : Optional.of(LocalDateTime.parse(text.strip(), EXIF));
        } catch (DateTimeException e) {
            return Optional.empty(); // blanks or zeros where the camera did not know
        }
    }

    private static Duration fraction(Directory exif) {
        String digits = exif.getString(ExifSubIFDDirectory.TAG_SUBSECOND_TIME_ORIGINAL);
        return digits != null && digits.strip().matches("\\d{1,9}")
                ? Duration.ofMillis((long) (Double.parseDouble("0." + digits.strip()) * 1000))
                : Duration.ZERO;
    }

    private static ZoneOffset offset(LocalDateTime time, String offset, Metadata metadata) {
        try {
            if (offset != null) {
                return ZoneOffset.of(offset.strip());
            }
        } catch (DateTimeException e) {
            // as if it were not there
        }
        return satellites(metadata)
                .flatMap(utc -> between(time, utc))
                .orElseGet(() -> ZoneId.systemDefault().getRules().getOffset(time));
    }

    /** To the quarter of an hour, as the satellites' time may be that of some minutes before. */
    private static Optional<ZoneOffset> between(LocalDateTime local, Instant utc) {
        Duration apart = Duration.between(utc, local.toInstant(ZoneOffset.UTC));
        long quarters = Math.round((double) apart.toSeconds() / QUARTER.toSeconds());
        boolean possible = Math.abs(quarters * QUARTER.toSeconds()) <= 14 * 3600;
        return possible
                ? Optional.of(ZoneOffset.ofTotalSeconds((int) (quarters * QUARTER.toSeconds())))
                : Optional.empty();
    }

    private static Optional<Instant> satellites(Metadata metadata) {
        GpsDirectory gps = metadata.getFirstDirectoryOfType(GpsDirectory.class);
        return Optional.ofNullable(gps).map(GpsDirectory::getGpsDate).map(Date::toInstant);
    }

    private static Optional<Instant> film(Metadata metadata) {
        Directory apple = metadata.getFirstDirectoryOfType(QuickTimeMetadataDirectory.class);
        return Optional.ofNullable(apple)
                .map(tags -> tags.getString(QuickTimeMetadataDirectory.TAG_CREATION_DATE))
                .flatMap(TakenAt::apple)
                .or(() -> time(
                        metadata.getFirstDirectoryOfType(QuickTimeDirectory.class),
                        QuickTimeDirectory.TAG_CREATION_TIME))
                .or(() -> time(metadata.getFirstDirectoryOfType(Mp4Directory.class), Mp4Directory.TAG_CREATION_TIME));
    }

    private static Optional<Instant> apple(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text.strip(), APPLE).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> time(Directory directory, int tag) {
        return Optional.ofNullable(directory).map(found -> found.getDate(tag)).map(Date::toInstant);
    }
}
