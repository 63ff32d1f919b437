package dev.latchkey.session;

import dev.latchkey.account.Login;
import dev.latchkey.account.SignInDelays;

/**
 * A password that was right, and the turn in which it was compared; closing it lets the next attempt on the account
 * begin.
 *
 * @param hash what to store of the password from now on, which may be the hash that was compared
 */
record Proven(Login login, String hash, SignInDelays.Turn turn) implements AutoCloseable {
    @Override
    public void close() {
        turn.close();
    }

    @Override
    public String toString() {
        return "Proven[" + login + "]";
    }
}
