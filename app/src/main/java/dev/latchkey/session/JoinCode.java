package dev.latchkey.session;

import dev.latchkey.account.Person;
import java.time.Instant;

/**
 * A join code without its letters and its link.
 *
 * @param guest who is signed in by it
 * @param deviceName what a sign-in by it is called, or null
 * @param providerName what stands in the access tokens of such a sign-in, or null
 * @param maxUses 0 for as often as one likes
 */
public record JoinCode(
        long id,
        Person guest,
        State state,
        long maxUses,
        long uses,
        String deviceName,
        String providerName,
        Person createdBy,
        Instant createdAt,
        Instant expiresAt) {
    /** What has become of a code by the time it is looked at. */
    public enum State {
        OPEN,
        USED,
        /** Over, or its guest or maker may not act any more. */
        EXPIRED
    }

    @Override
    public String toString() {
        return "JoinCode[" + id + "]";
    }
}
