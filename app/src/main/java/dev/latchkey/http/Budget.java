package dev.latchkey.http;

import io.javalin.security.RouteRole;

/** How many attempts one address has a minute at a route (an IPv6 address counts by its /64). */
public enum Budget implements RouteRole {
    SETUP(5),
    LOGIN(5),
    SECOND_FACTOR(5),
    /** The password grant of the token endpoint. */
    TOKEN(5),
    /** The refresh grant of the token endpoint. */
    REFRESH(10),
    /** Devices that want to be let in. */
    DEVICE(5),
    /** The device grant of the token endpoint: some devices that wait, each asking every five seconds. */
    DEVICE_POLL(60),
    /** Routes that take the code of a device: a look, a decision, and some typing errors. */
    USER_CODE(10),
    JOIN_REQUEST(5),
    REGISTER(3),
    FORGOT(3),
    SEND_VERIFICATION(3),
    /** Routes that take a one-time link: reset, the look at what it is worth, and the proof of an e-mail address. */
    RESET(5),
    /** Asking what a password is worth, which may ask a service in turn. */
    CHECK(5),
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
