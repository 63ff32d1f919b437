package dev.latchkey.library;

/**
 * Hears what happened to the media of the library. Whoever changes one calls this after the commit, never inside the
 * transaction, and before the answer; an implementation returns at once and throws nothing.
 */
public interface MediaListener {
    /** A medium is in the library that was not: it was uploaded, or came back from the trash. */
    void added(long id);

    /** Something that is shown of a medium has changed. */
    void changed(long id);

    /** A medium has left the library: it lies in the trash, or is gone for good. */
    void removed(long id);
}
