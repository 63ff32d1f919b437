package dev.latchkey.crypto;

/** The keys that live outside the database, 32 random bytes each. */
public record Keys(byte[] pepper, byte[] codeKey, byte[] jwtSecret) {
    /**
     * A key of 32 bytes for one purpose, derived from the code key by HMAC-SHA-256, so that what is made with one key
     * can never pass for something made with another (the expand step of RFC 5869, for one block).
     *
     * @param purpose a constant of the caller's, such as {@code "mail"}
     */
    public byte[] derived(String purpose) {
        return Hmac.sha256(codeKey, "latchkey " + purpose);
    }

    @Override
    public String toString() {
        return "Keys[…]";
    }
}
