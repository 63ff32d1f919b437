package dev.latchkey.session;

import java.time.Duration;
import java.time.Instant;

/** How long a session lives: until nobody has used it for {@code idle}, and {@code max} in any case. */
record Lifetimes(Duration idle, Duration max) {
    Instant end(Instant createdAt, Instant lastUsedAt) {
        Instant absolute = createdAt.plus(max);
        Instant sliding = lastUsedAt.plus(idle);
        return sliding.isBefore(absolute) ? sliding : absolute;
    }
}
