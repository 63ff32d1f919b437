package dev.latchkey.crypto;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Encrypts what has to lie in the database for a while, with AES-256-GCM under a key that does not lie there. */
public final class Sealer {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    /** @param key 32 bytes, such as {@link Keys#derived} */
    public Sealer(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    /** Base64 of a fresh nonce and the encrypted text; {@link #open} turns it back. */
    public String seal(String text) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] encrypted = run(Cipher.ENCRYPT_MODE, nonce, text.getBytes(StandardCharsets.UTF_8), 0);
        byte[] sealed = new byte[NONCE_BYTES + encrypted.length];
        System.arraycopy(nonce, 0, sealed, 0, NONCE_BYTES);
        System.arraycopy(encrypted, 0, sealed, NONCE_BYTES, encrypted.length);
        return Base64.getEncoder().encodeToString(sealed);
    }

    /** @throws IllegalStateException when {@code sealed} was not made by {@link #seal} with the same key */
    public String open(String sealed) {
        byte[] bytes = Base64.getDecoder().decode(sealed);
        byte[] nonce = java.util.Arrays.copyOf(bytes, NONCE_BYTES);
        return new String(run(Cipher.DECRYPT_MODE, nonce, bytes, NONCE_BYTES), StandardCharsets.UTF_8);
    }

    private byte[] run(int mode, byte[] nonce, byte[] input, int from) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            return cipher.doFinal(input, from, input.length - from);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("What was sealed in the database does not fit keys.properties", e);
        }
    }
}
