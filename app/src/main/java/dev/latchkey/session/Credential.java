package dev.latchkey.session;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** The credential that a request came with: its kind, its row, and when it ends. */
public record Credential(Kind kind, long id, String name, Set<Scope> scopes, Instant expiresAt) {
    private static final Set<Scope> ALL_SCOPES = Collections.unmodifiableSet(EnumSet.allOf(Scope.class));

    /** A credential that may do whatever its person may. */
    static Credential unlimited(Kind kind, long id, String name, Instant expiresAt) {
        return new Credential(kind, id, name, ALL_SCOPES, expiresAt);
    }

    /** Sorts of credentials. */
    public enum Kind {
        /** A session token, in the header or in a browser's cookie. */
        SESSION(true, false),
        /** The access token of a refresh family. */
        ACCESS_TOKEN(true, false),
        /** A token that a person made for a program: it may do what its scopes name, and nothing else. */
        PERSONAL_ACCESS_TOKEN(false, true),
        /** What a guest got for a join code. */
        GUEST_TOKEN(false, false);

        private final boolean interactive;
        private final boolean scoped;

        Kind(boolean interactive, boolean scoped) {
            this.interactive = interactive;
            this.scoped = scoped;
        }

        /** Whether the person proved who they are, as routes about their account ask. */
        public boolean isInteractive() {
            return interactive;
        }

        /** Whether only those routes are open that name a scope. */
        public boolean isScoped() {
            return scoped;
        }
    }
}
