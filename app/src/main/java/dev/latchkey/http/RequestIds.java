package dev.latchkey.http;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Short ids that join what a person was told with what the log says; unique over restarts. */
final class RequestIds {
    private static final String START = Long.toString(new SecureRandom().nextLong() & 0xff_ffff_ffffL, 36);
    private static final AtomicLong COUNTER = new AtomicLong();

    private RequestIds() {}

    static String next() {
        return START + "-" + Long.toString(COUNTER.incrementAndGet(), 36);
    }
}
