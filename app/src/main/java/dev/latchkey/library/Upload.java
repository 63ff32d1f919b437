package dev.latchkey.library;

/** What became of an uploaded file that was kept. */
public record Upload(Status status, Media media) {
    /** Ends of an upload. */
    public enum Status {
        /** New to the library. */
        STORED,
        /** The same bytes were there already. */
        DUPLICATE,
        /** The same bytes lay in the trash, and are back. */
        RESTORED,
        /** Not kept. */
        REJECTED
    }
}
