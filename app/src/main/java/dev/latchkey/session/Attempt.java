package dev.latchkey.session;

/** An attempt to sign in: {@code name} is a username or e-mail address, {@code deviceName} may be null. */
public record Attempt(String name, String password, String deviceName) {
    /** Names and passwords stay out of logs. */
    @Override
    public String toString() {
        return "Attempt[…]";
    }
}
