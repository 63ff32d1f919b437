package dev.latchkey.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.latchkey.error.Problem;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;

/** Counts attempts by address and budget; an IPv6 address counts as its /64, which is what one household gets. */
public final class Throttles {
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int ADDRESSES = 100_000;

    private record Key(Budget budget, String network) {}

    private final double factor;
    private final TimeMeter time;
    private final Cache<Key, Bucket> buckets = Caffeine.newBuilder()
            .maximumSize(ADDRESSES)
            .expireAfterAccess(WINDOW.multipliedBy(2))
            .build();

    /** @param factor multiplies every budget; 0 turns throttling off */
    public Throttles(double factor, Clock clock) {
        this.factor = factor;
        this.time = new ClockMeter(clock);
    }

    private record ClockMeter(Clock clock) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return clock.millis() * 1_000_000;
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }

    /** Takes one attempt of a client's address. @throws Problem 429 {@code rate_limited} when it has none left */
    public void take(Budget budget, Client client) {
        take(budget, client.address());
    }

    private void take(Budget budget, InetAddress address) {
        if (factor == 0) {
            return;
        }
        Bucket bucket = buckets.get(new Key(budget, network(address)), key -> bucket(key.budget()));
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            throw Problem.rateLimited(
                    Duration.ofNanos(probe.getNanosToWaitForRefill()).plusSeconds(1));
        }
    }

    private Bucket bucket(Budget budget) {
        long attempts = Math.max(1, Math.round(budget.perMinute() * factor));
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(attempts).refillGreedy(attempts, WINDOW))
                .withCustomTimePrecision(time)
                .build();
    }

    /** What counts as one address. */
    static String network(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 4 ? address.getHostAddress() : Arrays.toString(Arrays.copyOf(bytes, 8));
    }
}
