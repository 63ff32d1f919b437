package dev.latchkey.library;

import java.time.Instant;

/**
 * An upload that comes in pieces. {@code ownerId} is null for the local owner's; {@code mediaId} is there once it has become
 * a medium, and {@code finishedAt} once nothing can be added any more, for whatever reason.
 */
public record ResumableUpload(
        long id,
        Long ownerId,
        String filename,
        String metadata,
        long lengthBytes,
        Long mediaId,
        Instant finishedAt,
        Instant expiresAt) {

    /** Whether it became a medium that is still there. */
    public boolean isDone() {
        return mediaId != null;
    }

    /** When something came of it last; to the minute. */
    Instant movedAt() {
        return expiresAt.minus(ResumableUploads.LIFE);
    }

    boolean isOpen() {
        return finishedAt == null;
    }
}
