package dev.latchkey.session;

import dev.latchkey.account.Person;
import java.time.Instant;
import java.util.Set;

/**
 * A personal access token as it is listed, without its secret.
 *
 * @param prefix its first characters, to recognise it by
 * @param expiresAt null for never
 * @param lastUsedAt null until it is used
 * @param lastUsedIp where it was used from last, null until it is used
 */
public record PersonalToken(
        long id,
        Person owner,
        String name,
        String prefix,
        Set<Scope> scopes,
        Instant createdAt,
        Instant expiresAt,
        Instant lastUsedAt,
        String lastUsedIp) {
    PersonalToken used(LastUses.Use use) {
        return new PersonalToken(id, owner, name, prefix, scopes, createdAt, expiresAt, use.at(), use.ip());
    }

    /** Whether it has not expired. */
    boolean countsAt(Instant now) {
        return expiresAt == null || now.isBefore(expiresAt);
    }

    /** What people call their tokens stays out of logs. */
    @Override
    public String toString() {
        return "PersonalToken[" + id + "]";
    }
}
