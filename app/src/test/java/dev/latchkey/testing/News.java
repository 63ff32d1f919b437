package dev.latchkey.testing;

import dev.latchkey.account.JoinRequestListener;
import dev.latchkey.library.DeletionRequestListener;
import dev.latchkey.library.MediaListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down, one line each, what the services announce. */
public final class News {
    private final List<String> heard = new CopyOnWriteArrayList<>();

    public final MediaListener media = new MediaListener() {
        @Override
        public void added(long id) {
            heard.add("media " + id + " added");
        }

        @Override
        public void changed(long id) {
            heard.add("media " + id + " changed");
        }

        @Override
        public void removed(long id) {
            heard.add("media " + id + " removed");
        }
    };

    public final JoinRequestListener joinRequests = new JoinRequestListener() {
        @Override
        public void added(long id) {
            heard.add("join request " + id + " added");
        }

        @Override
        public void decided(long id, boolean approved) {
            heard.add("join request " + id + (approved ? " approved" : " rejected"));
        }
    };

    public final DeletionRequestListener deletionRequests = new DeletionRequestListener() {
        @Override
        public void added(long id, long mediaId) {
            heard.add("deletion request " + id + " for media " + mediaId + " added");
        }

        @Override
        public void decided(long id, long mediaId, boolean approved, Long requestedBy) {
            heard.add("deletion request " + id + " of person " + requestedBy + " for media " + mediaId
                    + (approved ? " approved" : " rejected"));
        }
    };

    /** What was announced since the last call. */
    public List<String> heard() {
        List<String> lines = List.copyOf(heard);
        heard.clear();
        return lines;
    }
}
