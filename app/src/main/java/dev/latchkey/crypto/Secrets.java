package dev.latchkey.crypto;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Mints the secrets that are shown once, and hashes them into what is stored. */
public final class Secrets {
    /** What a token is for, by the prefix that secret scanners recognise. */
    public enum Prefix {
        SESSION("lks_"),
        REFRESH("lkr_"),
        INVITE("lki_"),
        JOIN_LINK("lkj_"),
        PERSONAL_ACCESS_TOKEN("lkp_"),
        /** What a device polls with until somebody has approved it. */
        DEVICE_CODE("lkd_"),
        /** Links that reset a password, set the first one, or verify an e-mail address; and half-finished sign-ins. */
        ONE_TIME_LINK("lkx_");

        private final String text;

        Prefix(String text) {
            this.text = text;
        }

        /** Whether {@code token} looks like one of this sort: the prefix, and the length of every token. */
        public boolean fits(String token) {
            return token.length() == text.length() + TOKEN_LENGTH && token.startsWith(text);
        }
    }

    /** Letters that nobody mistakes for another when reading a code from a screen. */
    static final String CODE_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    /** The consonants that RFC 8628, 6.1 proposes: they spell no words, and none is mistaken for a digit. */
    public static final String CONSONANTS = "BCDFGHJKLMNPQRSTVWXZ";

    private static final String BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    /** 43 characters of base 62 carry 256 bits. */
    private static final int TOKEN_LENGTH = 43;

    private static final BigInteger BASE = BigInteger.valueOf(BASE62.length());

    private final SecureRandom random = new SecureRandom();

    /** A token of 256 random bits in base 62 behind its prefix. */
    public String token(Prefix prefix) {
        return prefix.text + characters(BASE62, TOKEN_LENGTH);
    }

    /**
     * The token that takes the place of {@code token}: HMAC-SHA-256 of it in base 62. It is as random as that one was to
     * everybody without the key, and comes out the same each time, so that it need not be stored to be handed out again.
     */
    public static String successor(Prefix prefix, byte[] key, String token) {
        BigInteger number = new BigInteger(1, Hmac.sha256(key, token));
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < TOKEN_LENGTH; i++) {
            BigInteger[] parts = number.divideAndRemainder(BASE);
            text.append(BASE62.charAt(parts[1].intValue()));
            number = parts[0];
        }
        return prefix.text + text.reverse();
    }

    /** Twelve letters for the setup code, in fours: {@code ABCD-EFGH-JKLM}. */
    public String setupCode() {
        String letters = characters(CODE_ALPHABET, 12);
        return letters.substring(0, 4) + "-" + letters.substring(4, 8) + "-" + letters.substring(8);
    }

    /** Six letters of 30 random bits for a join code, to be typed. */
    public String joinCode() {
        return characters(CODE_ALPHABET, 6);
    }

    /** Ten letters of 50 random bits for a backup code, in fives: {@code ABCDE-FGHJK}. */
    public String backupCode() {
        String letters = characters(CODE_ALPHABET, 10);
        return letters.substring(0, 5) + "-" + letters.substring(5);
    }

    /** Eight consonants of some 34 random bits, for the few minutes in which a device waits: {@code BCDFGHJK}. */
    public String userCode() {
        return characters(CONSONANTS, 8);
    }

    private String characters(String alphabet, int length) {
        return random.ints(length, 0, alphabet.length())
                .collect(StringBuilder::new, (text, i) -> text.append(alphabet.charAt(i)), StringBuilder::append)
                .toString();
    }

    /** The lower-case hexadecimal SHA-256 of a token: all that is ever stored of it. */
    public static String hash(String token) {
        return HexFormat.of().formatHex(sha256().digest(token.getBytes(StandardCharsets.UTF_8)));
    }

    /** A fresh SHA-256, which every Java platform has. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Compares without telling by the time how much was right. */
    public static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
