package dev.latchkey.session;

import java.util.Locale;

/** What a personal access token may be allowed to do; sessions have all of it. */
public enum Scope {
    LIBRARY_READ,
    LIBRARY_WRITE,
    USERS_READ,
    USERS_WRITE,
    AUDIT_READ,
    PROFILE_READ;

    /** As it is written in the API: {@code library:read}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', ':');
    }
}
