package dev.latchkey.http;

import dev.latchkey.account.Role;
import io.javalin.security.RouteRole;

/** Who may call a route in shared mode, at least. Every route declares exactly one. */
public enum Access implements RouteRole {
    PUBLIC(null),
    GUEST(Role.GUEST),
    MEMBER(Role.MEMBER),
    MANAGER(Role.MANAGER),
    ADMIN(Role.ADMIN);

    private final Role minimum;

    Access(Role minimum) {
        this.minimum = minimum;
    }

    /** The lowest role that may call; null for {@link #PUBLIC}. */
    public Role minimum() {
        return minimum;
    }
}
