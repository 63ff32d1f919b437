package dev.latchkey.session;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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

    /** The scope that is written like this, letter for letter. */
    static Optional<Scope> of(String text) {
        return Arrays.stream(values()).filter(scope -> scope.text.equals(text)).findFirst();
    }

    /** Every scope as it is written in the API. */
    static List<String> texts() {
        return Arrays.stream(values()).map(Scope::text).toList();
    }

    /** Scopes as RFC 6749, 3.3 writes them: separated by blanks, here in the order of this enum. */
    static String join(Collection<Scope> scopes) {
        return scopes.stream().sorted().map(Scope::text).collect(Collectors.joining(" "));
    }

    /** What {@link #join} has written; a scope that this version does not know allows nothing. */
    static Set<Scope> split(String scopes) {
        Set<Scope> set = EnumSet.noneOf(Scope.class);
        Arrays.stream(scopes.split(" ")).forEach(text -> of(text).ifPresent(set::add));
        return Collections.unmodifiableSet(set);
    }
}
