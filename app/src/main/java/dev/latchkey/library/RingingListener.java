package dev.latchkey.library;

/** Lets what is new be read, and passes everything on. */
public final class RingingListener implements MediaListener {
    private final Extraction extraction;
    private final MediaListener next;

    public RingingListener(Extraction extraction, MediaListener next) {
        this.extraction = extraction;
        this.next = next;
    }

    @Override
    public void added(long id) {
        extraction.ring();
        next.added(id);
    }

    @Override
    public void changed(long id) {
        next.changed(id);
    }

    @Override
    public void removed(long id) {
        next.removed(id);
    }
}
