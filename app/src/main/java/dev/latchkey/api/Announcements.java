package dev.latchkey.api;

import dev.latchkey.account.JoinRequestListener;
import dev.latchkey.library.DeletionRequestListener;
import dev.latchkey.library.MediaListener;

/** Takes what happened in the library to those who watch it. */
public final class Announcements {
    /** Told of media. */
    public MediaListener media() {
        return new MediaListener() {
            @Override
            public void added(long id) {}

            @Override
            public void changed(long id) {}

            @Override
            public void removed(long id) {}
        };
    }

    /** Told of requests to join. */
    public JoinRequestListener joinRequests() {
        return new JoinRequestListener() {
            @Override
            public void added(long id) {}

            @Override
            public void decided(long id, boolean approved) {}
        };
    }

    /** Told of requests to delete a medium. */
    public DeletionRequestListener deletionRequests() {
        return new DeletionRequestListener() {
            @Override
            public void added(long id, long mediaId) {}

            @Override
            public void decided(long id, long mediaId, boolean approved, Long requestedBy) {}
        };
    }
}
