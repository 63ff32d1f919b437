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

    private final String text = name().toLowerCase(Locale.ROOT).replace('_', ':');

    /** As it is written in the API: {@code library:read}. */
    public String text() {
        return text;
    }
}
