package dev.latchkey.account;

/** What somebody fills in to get an account; {@code displayName} and {@code email} may be null. */
public record PersonForm(String username, String password, String displayName, String email) {
    /** Names and passwords stay out of logs. */
    @Override
    public String toString() {
        return "PersonForm[…]";
    }
}
