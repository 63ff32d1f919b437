package dev.latchkey.blob;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** What a sender says that its bytes hash to; {@code algorithm} is a name that the Java platform knows. */
public record Checksum(String algorithm, byte[] value) {
    /** A digest that nothing has gone into yet. */
    MessageDigest digest() {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Whether the bytes that went into {@code digest} are the ones meant; ends the hashing. */
    boolean matches(MessageDigest digest) {
        return MessageDigest.isEqual(digest.digest(), value);
    }
}
