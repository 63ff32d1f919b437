package dev.latchkey.crypto;

import com.bastiaanjansen.otp.HOTPGenerator;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.commons.codec.binary.Base32;

/**
 * Codes of authenticator apps (RFC 6238): SHA-1, six digits, a new one every 30 seconds, which is what every app
 * understands.
 */
public final class Totp {
    public static final int DIGITS = 6;

    public static final long STEPS_IN_AN_HOUR = 120;

    private static final int PERIOD_SECONDS = 30;
    private static final int SECRET_BYTES = 20;
    /** Clocks may be off by one step in each direction. */
    private static final int TOLERANCE = 1;

    private final SecureRandom random = new SecureRandom();

    /** A secret of 160 random bits, as long as the hash (RFC 4226, section 4), in base 32. */
    public String newSecret() {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return new Base32().encodeToString(secret);
    }

    /** The steps from the one before {@code now} to the one after it whose code this is, earliest first. */
    public static List<Long> steps(String secret, String code, Instant now) {
        long current = Math.floorDiv(now.getEpochSecond(), PERIOD_SECONDS);
        return LongStream.rangeClosed(Math.max(0, current - TOLERANCE), current + TOLERANCE)
                .filter(step -> Secrets.same(code(secret, step), code))
                .boxed()
                .toList();
    }

    /** The code of the step that {@code time} lies in. */
    public static String code(String secret, Instant time) {
        return code(secret, Math.floorDiv(time.getEpochSecond(), PERIOD_SECONDS));
    }

    private static String code(String secret, long step) {
        // The library's default is SHA-1, which it does not like to be asked for by name; no app knows another.
        return new HOTPGenerator.Builder(secret)
                .withPasswordLength(DIGITS)
                .build()
                .generate(step);
    }

    /** The address that apps read from a QR code. @param account the name that the app shows beside the code */
    public static String uri(String issuer, String account, String secret) {
        String label = encoded(issuer.replace(':', ' ')) + ":" + encoded(account);
        return "otpauth://totp/" + label + "?secret=" + secret + "&issuer=" + encoded(issuer.replace(':', ' '))
                + "&algorithm=SHA1&digits=" + DIGITS + "&period=" + PERIOD_SECONDS;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
