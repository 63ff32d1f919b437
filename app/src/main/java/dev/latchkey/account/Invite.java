package dev.latchkey.account;

import java.time.Instant;

/** An invite without its token; {@code email}, {@code note} and {@code usedAt} may be null. */
public record Invite(
        long id,
        Role role,
        String email,
        String note,
        boolean autoApprove,
        State state,
        Person createdBy,
        Instant createdAt,
        Instant expiresAt,
        Instant usedAt) {
    /** What has become of an invite by the time it is looked at. */
    public enum State {
        OPEN,
        USED,
        EXPIRED
    }

    /** @param stands whether its maker may still let somebody in like that */
    static State state(Instant usedAt, Instant expiresAt, boolean stands, Instant now) {
        if (usedAt != null) {
            return State.USED;
        }
        return stands && now.isBefore(expiresAt) ? State.OPEN : State.EXPIRED;
    }

    @Override
    public String toString() {
        return "Invite[" + id + "]";
    }
}
