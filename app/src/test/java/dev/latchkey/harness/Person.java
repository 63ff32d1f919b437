package dev.latchkey.harness;

/** Someone with an account, and the token of one of their sessions. */
public record Person(long id, String username, String password, String token) {
    /** The same person with another session. */
    public Person with(String otherToken) {
        return new Person(id, username, password, otherToken);
    }
}
