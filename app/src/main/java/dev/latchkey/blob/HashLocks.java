package dev.latchkey.blob;

import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/** A fixed number of locks, one of which belongs to each hash; fixed, so that nothing has to be cleaned up. */
final class HashLocks {
    private static final int COUNT = 256;

    private final ReentrantLock[] locks =
            IntStream.range(0, COUNT).mapToObj(i -> new ReentrantLock()).toArray(ReentrantLock[]::new);

    /** The lock of a hash in hexadecimal; hashes are spread evenly, so their first bytes are too. */
    ReentrantLock of(String sha256) {
        return locks[Integer.parseInt(sha256.substring(0, 2), 16)];
    }
}
