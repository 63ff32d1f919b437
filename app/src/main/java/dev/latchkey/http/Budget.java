package dev.latchkey.http;

import io.javalin.security.RouteRole;

/** How many attempts one address has a minute at a route (an IPv6 address counts by its /64). */
public enum Budget implements RouteRole {
    SETUP(5),
    LOGIN(5),
    JOIN_REQUEST(5),
    /** Routes that ask for the current password: a side door for guessing it otherwise. */
    CHANGE(5);

    private final int perMinute;

    Budget(int perMinute) {
        this.perMinute = perMinute;
    }

    public int perMinute() {
        return perMinute;
    }
}
