package dev.latchkey.account;

/**
 * The first admin, and the proof that whoever asks may set this library up.
 *
 * @param onThisMachine whether the caller sits at the server, and so needs no code
 * @param setupCode as typed, or null
 */
public record SetupForm(PersonForm person, boolean onThisMachine, String setupCode) {
    @Override
    public String toString() {
        return "SetupForm[…]";
    }
}
