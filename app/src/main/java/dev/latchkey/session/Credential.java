package dev.latchkey.session;

import java.time.Instant;
import java.util.Set;

/** The credential that a request came with: its kind, its row, and when it ends. */
public record Credential(Kind kind, long id, String name, Set<Scope> scopes, Instant expiresAt) {
    /** How someone signed in. */
    public enum Kind {
        SESSION
    }
}
