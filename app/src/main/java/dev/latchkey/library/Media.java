package dev.latchkey.library;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * One file of the library with what people wrote about it. {@code title}, {@code description} and {@code uploader} are
 * null where there is none, {@code width} and {@code height} (in pixels, as displayed), {@code duration} and
 * {@code takenAt} where the file does not tell; {@code timelineAt} is its place in the timeline; {@code trashedAt} is null
 * unless it lies in the trash, {@code trashedBy} also when the local owner put it there.
 */
public record Media(
        long id,
        String sha256,
        String filename,
        String title,
        String description,
        List<String> tags,
        Kind kind,
        String contentType,
        long sizeBytes,
        Integer width,
        Integer height,
        Duration duration,
        Instant takenAt,
        boolean hasThumbnail,
        boolean deletionRequested,
        Instant uploadedAt,
        Instant timelineAt,
        Person uploader,
        Instant trashedAt,
        Person trashedBy) {

    boolean isTrashed() {
        return trashedAt != null;
    }

    /** Whether whoever uploaded it (the local owner included) also put it into the trash. */
    boolean wasTrashedByUploader() {
        return Objects.equals(id(uploader), id(trashedBy));
    }

    boolean belongsTo(Long userId) {
        return userId != null && userId.equals(id(uploader));
    }

    private static Long id(Person person) {
        return person == null ? null : Long.valueOf(person.id());
    }
}
