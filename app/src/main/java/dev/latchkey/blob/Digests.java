package dev.latchkey.blob;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Hashes a file while it arrives: always SHA-256, and whatever else its sender wants compared. */
final class Digests {
    private final MessageDigest sha256 = digest("SHA-256");
    private final Map<String, MessageDigest> others = new LinkedHashMap<>();

    /** @param algorithms names as the Java platform knows them, such as {@code SHA-512} */
    Digests(Set<String> algorithms) {
        for (String algorithm : algorithms) {
            if (!algorithm.equals("SHA-256")) {
                others.put(algorithm, digest(algorithm));
            }
        }
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalArgumentException(e);
        }
    }

    void update(byte[] buffer, int length) {
        sha256.update(buffer, 0, length);
        others.values().forEach(digest -> digest.update(buffer, 0, length));
    }

    /** The results by algorithm. Ends the hashing. */
    Map<String, byte[]> finish() {
        Map<String, byte[]> results = new LinkedHashMap<>();
        results.put("SHA-256", sha256.digest());
        others.forEach((algorithm, digest) -> results.put(algorithm, digest.digest()));
        return results;
    }
}
