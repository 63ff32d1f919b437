package dev.latchkey.account;

/**
 * A new account.
 *
 * @param setupUrl the link that its first password is chosen with, shown this once; null when it has one
 */
public record CreatedUser(User user, String setupUrl) {
    @Override
    public String toString() {
        return "CreatedUser[" + user.id() + "]";
    }
}
