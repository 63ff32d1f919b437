package dev.latchkey.crypto;

/** The keys that live outside the database, 32 random bytes each. */
public record Keys(byte[] pepper, byte[] codeKey, byte[] jwtSecret) {
    @Override
    public String toString() {
        return "Keys[…]";
    }
}
