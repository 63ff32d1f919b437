package dev.latchkey.account;

import java.util.Locale;

/** What a person may do; each role may do all that the ones before it may. */
public enum Role {
    GUEST,
    MEMBER,
    MANAGER,
    ADMIN;

    /** Whether this role may do what {@code minimum} may. */
    public boolean atLeast(Role minimum) {
        return compareTo(minimum) >= 0;
    }

    /** As it is written in the API: {@code member}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
