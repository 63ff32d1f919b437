package dev.latchkey.account;

import java.time.Instant;

/**
 * A person as the database knows them, without the password hash. {@code credentialEpoch} counts up whenever all of
 * the person's credentials end, {@code accessEpoch} when only their access tokens do; {@code secondFactor} says whether
 * one is on; {@code quotaBytes} and {@code membershipEndsAt} are null for "no limit".
 */
public record User(
        long id,
        String username,
        String displayName,
        String email,
        boolean emailVerified,
        String phone,
        String jobTitle,
        String timezone,
        Role role,
        boolean active,
        boolean passwordChangeRequired,
        long credentialEpoch,
        long accessEpoch,
        boolean secondFactor,
        Long quotaBytes,
        long usedBytes,
        Instant membershipEndsAt,
        Instant createdAt,
        Instant lastLoginAt) {

    /** Whether this person's credentials count at {@code now}. */
    public boolean mayActAt(Instant now) {
        return active && (membershipEndsAt == null || now.isBefore(membershipEndsAt));
    }

    /** What mails call this person: nothing (null) until they have shown that they read the mail of their address. */
    public String nameInMails() {
        return emailVerified ? displayName : null;
    }

    /** Names of people stay out of logs. */
    @Override
    public String toString() {
        return "User[" + id + "]";
    }
}
