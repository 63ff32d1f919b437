package dev.latchkey.session;

import dev.latchkey.account.Role;
import dev.latchkey.account.User;

/**
 * How a sign-in came about; {@code providerName} is null but for a join code that names one. What a join code opened
 * stays narrower than what a password did, and counts only while its person is a guest.
 */
public record Origin(Kind kind, Long joinCodeId, String providerName) {
    /** Sorts of origins. */
    public enum Kind {
        PASSWORD,
        DEVICE,
        JOIN_CODE
    }

    static final Origin PASSWORD = new Origin(Kind.PASSWORD, null, null);

    /** A device that somebody approved from another one. */
    static final Origin DEVICE = new Origin(Kind.DEVICE, null, null);

    static Origin joinCode(long id, String providerName) {
        return new Origin(Kind.JOIN_CODE, id, providerName);
    }

    /** What a credential of such a sign-in is, where it is {@code usual} after a password. */
    Credential.Kind credential(Credential.Kind usual) {
        return kind == Kind.JOIN_CODE ? Credential.Kind.GUEST_TOKEN : usual;
    }

    /** Whether such a sign-in of this person counts. */
    boolean fits(User user) {
        return kind != Kind.JOIN_CODE || user.role() == Role.GUEST;
    }

    @Override
    public String toString() {
        return "Origin[" + kind + "]";
    }
}
