package dev.latchkey.harness;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** An authenticator app: six digits every thirty seconds by RFC 6238, written from the RFC and not from our own code. */
public record Authenticator(String secret) {
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final long STEP_SECONDS = 30;

    /** What the app shows at {@code time}. */
    public String codeAt(Instant time) {
        byte[] step = ByteBuffer.allocate(Long.BYTES)
                .putLong(Math.floorDiv(time.getEpochSecond(), STEP_SECONDS))
                .array();
        byte[] hash = hmac(step);
        int offset = hash[hash.length - 1] & 0xf;
        int number = ByteBuffer.wrap(hash).getInt(offset) & Integer.MAX_VALUE;
        return String.format(Locale.ROOT, "%06d", number % 1_000_000);
    }

    /** Six digits that the app shows nowhere near {@code time}. */
    public String wrongCodeAt(Instant time) {
        int number = 0;
        String code = "000000";
        while (isNear(code, time)) {
            number++;
            code = String.format(Locale.ROOT, "%06d", number);
        }
        return code;
    }

    private boolean isNear(String code, Instant time) {
        for (int steps = -2; steps <= 2; steps++) {
            if (code.equals(codeAt(time.plusSeconds(steps * STEP_SECONDS)))) {
                return true;
            }
        }
        return false;
    }

    private byte[] hmac(byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(decoded(), "HmacSHA1"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] decoded() {
        String plain = secret.replaceAll("[ =]", "").toUpperCase(Locale.ROOT);
        ByteBuffer bytes = ByteBuffer.allocate(plain.length() * 5 / 8);
        int bits = 0;
        int buffer = 0;
        for (char c : plain.toCharArray()) {
            buffer = (buffer << 5 | BASE32.indexOf(c)) & 0xfff;
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes.put((byte) (buffer >> bits));
            }
        }
        return bytes.array();
    }
}
