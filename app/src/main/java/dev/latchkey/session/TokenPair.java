package dev.latchkey.session;

import java.time.Duration;

/** What an API client works with: an access token, for how long it counts, and the token that gets the next pair. */
public record TokenPair(String accessToken, Duration life, String refreshToken) {
    @Override
    public String toString() {
        return "TokenPair[" + life + "]";
    }
}
