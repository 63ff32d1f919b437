package dev.latchkey.account;

/**
 * Hears of requests to join. Called after the commit, never inside the transaction, and before the answer; an
 * implementation returns at once and throws nothing.
 */
public interface JoinRequestListener {
    /** Somebody asked to join. */
    void added(long id);

    /** A request was answered. */
    void decided(long id, boolean approved);
}
