package dev.latchkey.cli;

import dev.latchkey.error.Problem;
import java.time.Instant;

/** A sign-in of the command line: the server it belongs to, a short access token and what it is renewed with. */
record SignInFile(String server, String accessToken, String accessEndsAt, String refreshToken) {
    /** Whether the access token will still be good when a request made now arrives. */
    boolean isFresh(Instant now) {
        try {
            return now.plusSeconds(30).isBefore(Instant.parse(accessEndsAt));
        } catch (java.time.format.DateTimeParseException e) {
            throw Problem.malformed("The stored sign-in cannot be read. Run latchkey login again.");
        }
    }

    @Override
    public String toString() {
        return "SignInFile[" + server + "]";
    }
}
