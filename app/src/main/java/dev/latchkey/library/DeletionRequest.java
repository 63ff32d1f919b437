package dev.latchkey.library;

import java.time.Instant;

/**
 * Somebody's wish that a medium goes. {@code reason} is null where none was given, {@code requestedBy} when it was the
 * local owner, the last two while nobody has decided; {@code decidedBy} also when that was the local owner.
 */
public record DeletionRequest(
        long id,
        Subject media,
        String reason,
        Status status,
        Person requestedBy,
        Instant createdAt,
        Instant decidedAt,
        Person decidedBy) {
    /** Where a request stands. */
    public enum Status {
        PENDING,
        APPROVED,
        REJECTED
    }

    /** What it is about, in the trash or not; {@code title} is null where there is none. */
    public record Subject(long id, String filename, String title, Kind kind, boolean hasThumbnail) {}

    Long requesterId() {
        return requestedBy == null ? null : Long.valueOf(requestedBy.id());
    }
}
