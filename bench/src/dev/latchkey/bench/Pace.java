package dev.latchkey.bench;

/** Keeps to a timetable. */
final class Pace {
    private Pace() {}

    /** Returns at that {@link System#nanoTime}, or at once when it has passed. */
    static void await(long nanoTime) throws InterruptedException {
        long left = nanoTime - System.nanoTime();
        if (left > 0) {
            Thread.sleep(left / 1_000_000, (int) (left % 1_000_000));
        }
    }
}
