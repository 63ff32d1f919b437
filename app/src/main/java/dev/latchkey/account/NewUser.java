package dev.latchkey.account;

/** An account that an admin makes; {@code displayName}, {@code email} and {@code password} may be null. */
public record NewUser(String username, String password, String displayName, String email, Role role) {
    PersonForm person() {
        return new PersonForm(username, password, displayName, email);
    }

    @Override
    public String toString() {
        return "NewUser[…]";
    }
}
