package dev.latchkey.account;

/**
 * A second factor in the making, which is shown this once.
 *
 * @param secret in base 32, for typing it in
 * @param otpauthUri the same for a QR code
 */
public record Enrolment(String secret, String otpauthUri) {
    @Override
    public String toString() {
        return "Enrolment[…]";
    }
}
