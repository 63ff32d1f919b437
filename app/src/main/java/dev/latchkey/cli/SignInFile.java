package dev.latchkey.cli;

import java.time.Instant;

/** A sign-in of the command line: the server it belongs to, a short access token and what it is renewed with. */
record SignInFile(String server, String accessToken, Instant accessEndsAt, String refreshToken) {
    /** Whether nothing is missing, as it may be in a file that somebody edited. */
    boolean isWhole() {
        return server != null
                && accessEndsAt != null
                && refreshToken != null
                && accessToken != null
                && accessToken.matches("[!-~]+");
    }

    /** Whether the access token will still be good when a request made now arrives. */
    boolean isFresh(Instant now) {
        return now.plusSeconds(30).isBefore(accessEndsAt);
    }

    @Override
    public String toString() {
        return "SignInFile[" + server + "]";
    }
}
