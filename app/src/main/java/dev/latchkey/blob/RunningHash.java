package dev.latchkey.blob;

import dev.latchkey.crypto.Secrets;
import java.security.MessageDigest;

/** The SHA-256 of the beginning of a file, which goes on with the next piece. */
final class RunningHash {
    private final MessageDigest sha256;
    private long position;

    /** Of nothing yet. */
    RunningHash() {
        this(Secrets.sha256(), 0);
    }

    private RunningHash(MessageDigest sha256, long position) {
        this.sha256 = sha256;
        this.position = position;
    }

    /** One that goes on by itself, and leaves this as it is. */
    RunningHash copy() {
        try {
            return new RunningHash((MessageDigest) sha256.clone(), position);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e); // every Java has a SHA-256 that can
        }
    }

    /** How many bytes have gone in. */
    long position() {
        return position;
    }

    void update(byte[] buffer, int length) {
        sha256.update(buffer, 0, length);
        position += length;
    }

    /** The result. Ends the hashing. */
    byte[] finish() {
        return sha256.digest();
    }
}
