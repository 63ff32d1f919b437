package dev.latchkey.harness;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what another thread does by itself. */
public final class Await {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Between two looks; the first ones come sooner, because most waits are short. */
    private static final long PAUSE_MILLIS = 20;

    private Await() {}

    /** Returns as soon as {@code condition} holds. @param what it is, for the failure of a test that waits in vain */
    public static void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (long pause = 1; !condition.getAsBoolean(); pause = Math.min(2 * pause, PAUSE_MILLIS)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain for " + what);
            }
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
