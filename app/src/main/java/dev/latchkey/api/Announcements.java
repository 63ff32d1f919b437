package dev.latchkey.api;

import dev.latchkey.account.JoinRequestListener;
import dev.latchkey.account.Role;
import dev.latchkey.http.EventStreams;
import dev.latchkey.http.LiveEvent;
import dev.latchkey.http.LiveEvent.Message;
import dev.latchkey.library.DeletionRequestListener;
import dev.latchkey.library.Library;
import dev.latchkey.library.MediaListener;
import dev.latchkey.session.Caller;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.Predicate;

/** Makes events of what the services say has happened, each for those who may see what it is about. */
public final class Announcements {
    private final EventStreams streams;
    private volatile LongFunction<Optional<MediaView>> reader = id -> Optional.empty();

    public Announcements(EventStreams streams) {
        this.streams = streams;
    }

    /** Where media are read when they are told of; called once, before anybody watches. */
    public void readFrom(Library library) {
        reader = id -> library.find(id).map(MediaView::of);
    }

    /** Told of media, for everybody who sees the library. */
    public MediaListener media() {
        return new MediaListener() {
            @Override
            public void added(long id) {
                media(id, "media.added");
            }

            @Override
            public void changed(long id) {
                media(id, "media.changed");
            }

            @Override
            public void removed(long id) {
                media(id, "media.removed");
            }
        };
    }

    /** Two changes may be announced in the wrong order: what is told is how things are when it is told. */
    private void media(long id, String name) {
        streams.publish(new LiveEvent(
                name + " " + id,
                caller -> caller.atLeast(Role.GUEST),
                () -> reader.apply(id)
                        .map(media -> Message.of(
                                name.equals("media.removed") ? "media.added" : name, new MediaEvent(id, media)))
                        .orElseGet(() -> Message.of("media.removed", new RemovedMediaEvent(id)))));
    }

    /** Told of requests to join, for who decides them. */
    public JoinRequestListener joinRequests() {
        return new JoinRequestListener() {
            @Override
            public void added(long id) {
                joinRequest("join_request.added", id, "pending");
            }

            @Override
            public void decided(long id, boolean approved) {
                joinRequest("join_request.decided", id, status(approved));
            }
        };
    }

    private void joinRequest(String name, long id, String status) {
        publish(name, id, Announcements::decides, new JoinRequestEvent(id, status));
    }

    /** Whether requests are open to a caller: to managers who signed in, and to the local owner. */
    private static boolean decides(Caller caller) {
        return caller.atLeast(Role.MANAGER)
                && (caller.isLocalOwner() || caller.credential().kind().isInteractive());
    }

    /** Told of requests to delete a medium, for who decides them, and of the answer for who asked. */
    public DeletionRequestListener deletionRequests() {
        return new DeletionRequestListener() {
            @Override
            public void added(long id, long mediaId) {
                Object event = new DeletionRequestEvent(id, mediaId, "pending");
                publish("deletion_request.added", id, Announcements::decides, event);
            }

            @Override
            public void decided(long id, long mediaId, boolean approved, Long requestedBy) {
                Object event = new DeletionRequestEvent(id, mediaId, status(approved));
                publish("deletion_request.decided", id, caller -> hears(caller, requestedBy), event);
            }
        };
    }

    private static boolean hears(Caller caller, Long requestedBy) {
        return decides(caller) || requestedBy != null && requestedBy.equals(caller.userId());
    }

    private void publish(String name, long id, Predicate<Caller> audience, Object body) {
        streams.publish(new LiveEvent(name + " " + id, audience, () -> Message.of(name, body)));
    }

    private static String status(boolean approved) {
        return approved ? "approved" : "rejected";
    }

    private record MediaEvent(long id, MediaView media) {}

    private record RemovedMediaEvent(long id) {}

    private record JoinRequestEvent(long id, String status) {}

    private record DeletionRequestEvent(long id, long mediaId, String status) {}
}
