package dev.latchkey.account;

/** What somebody with an invite fills in; {@code displayName} and {@code email} may be null. */
public record JoinForm(String inviteToken, String username, String password, String displayName, String email) {
    PersonForm person() {
        return new PersonForm(username, password, displayName, email);
    }

    @Override
    public String toString() {
        return "JoinForm[…]";
    }
}
