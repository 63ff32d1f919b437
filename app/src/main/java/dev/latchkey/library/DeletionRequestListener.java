package dev.latchkey.library;

/**
 * Hears of requests to delete a medium. Called after the commit, never inside the transaction, and before the answer; an
 * implementation returns at once and throws nothing.
 */
public interface DeletionRequestListener {
    /** Somebody asked for a deletion. */
    void added(long id, long mediaId);

    /**
     * A request was answered.
     *
     * @param requestedBy who had asked; null for the local owner
     */
    void decided(long id, long mediaId, boolean approved, Long requestedBy);
}
