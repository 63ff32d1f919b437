package dev.latchkey.http;

import java.time.Duration;

/**
 * The bounds of event streams.
 *
 * @param all how many there are at once
 * @param ofOne how many one person may have, or one address where there are no people
 * @param behind how many events wait for a reader before it is cut off
 * @param heartbeat after this time without anything else something is sent
 */
record StreamLimits(int all, int ofOne, int behind, Duration heartbeat) {
    static final StreamLimits USUAL = new StreamLimits(500, 20, 500, Duration.ofSeconds(20));
}
