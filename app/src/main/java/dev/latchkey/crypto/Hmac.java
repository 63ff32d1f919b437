package dev.latchkey.crypto;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA-256 (RFC 2104), which every Java platform has. */
public final class Hmac {
    private Hmac() {}

    /** The 32 bytes of HMAC-SHA-256 over {@code text} in UTF-8. */
    public static byte[] sha256(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As {@link #sha256}, in lower-case hexadecimal: how a code of few bits is stored. */
    public static String hex(byte[] key, String text) {
        return HexFormat.of().formatHex(sha256(key, text));
    }
}
