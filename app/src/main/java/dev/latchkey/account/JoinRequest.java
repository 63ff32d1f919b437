package dev.latchkey.account;

import java.time.Instant;

/** Somebody who asks to be let in; {@code inviteId} is null when the invite is gone, the last two while it waits. */
public record JoinRequest(
        long id,
        String username,
        String displayName,
        String email,
        Status status,
        Long inviteId,
        Instant createdAt,
        Instant decidedAt,
        Person decidedBy) {
    /** Where a request stands. */
    public enum Status {
        PENDING,
        APPROVED,
        REJECTED
    }

    @Override
    public String toString() {
        return "JoinRequest[" + id + "]";
    }
}
