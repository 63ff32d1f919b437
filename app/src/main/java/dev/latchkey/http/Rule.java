package dev.latchkey.http;

import dev.latchkey.session.Scope;
import io.javalin.security.RouteRole;

/** What a route asks beyond a role. A route that names no scope is closed to personal access tokens. */
public enum Rule implements RouteRole {
    LIBRARY_READ(Scope.LIBRARY_READ),
    LIBRARY_WRITE(Scope.LIBRARY_WRITE),
    USERS_READ(Scope.USERS_READ),
    USERS_WRITE(Scope.USERS_WRITE),
    AUDIT_READ(Scope.AUDIT_READ),
    PROFILE_READ(Scope.PROFILE_READ),
    /** Only an interactive sign-in may call. */
    SESSION(null),
    /** Open to somebody who has to change the password first, and may do nothing else. */
    BEFORE_PASSWORD_CHANGE(null),
    /** The local owner may call while there is no admin. */
    LOCAL(null),
    /** A page for people: browsers are sent to sign in instead of getting a 401. */
    PAGE(null),
    /** Takes a body that is not JSON: files. */
    FILES(null),
    /** An endpoint of OAuth: takes a form as well as JSON, and says what is wrong with it as RFC 6749, 5.2 does. */
    OAUTH(null);

    private final Scope scope;

    Rule(Scope scope) {
        this.scope = scope;
    }

    /** The scope that a personal access token needs; null for the other rules. */
    public Scope scope() {
        return scope;
    }
}
