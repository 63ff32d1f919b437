package dev.latchkey.library;

import dev.latchkey.audit.Audit;
import dev.latchkey.audit.Target;
import dev.latchkey.db.Database;
import dev.latchkey.db.Sql;
import dev.latchkey.error.Fields;
import dev.latchkey.error.Problem;
import dev.latchkey.session.Caller;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Asking managers to delete something, which need not be one's own. A medium has one request at a time that waits. */
public final class DeletionRequests {
    private static final int MAX_REASON = 500;

    private final MediaDao media = new MediaDao();
    private final DeletionRequestDao requests = new DeletionRequestDao();
    private final Database database;
    private final Audit audit;
    private final Trashing trashing;
    private final MediaListener mediaListener;
    private final DeletionRequestListener listener;
    private final Clock clock;

    public DeletionRequests(
            Database database,
            Audit audit,
            MediaListener mediaListener,
            DeletionRequestListener listener,
            Clock clock) {
        this.database = database;
        this.audit = audit;
        this.trashing = new Trashing(audit);
        this.mediaListener = mediaListener;
        this.listener = listener;
        this.clock = clock;
    }

    /**
     * @param reason a few words for those who decide, or null
     * @return the id of the request, which waits for a decision
     * @throws Problem 404 {@code not_found}, 409 {@code already_requested}, 422
     */
    public long ask(Caller caller, long mediaId, String reason) {
        Fields fields = new Fields();
        String words = fields.paragraph("reason", reason, MAX_REASON);
        fields.throwIfAny();
        long id = database.write(sql -> {
            Media found = media.one(sql, mediaId)
                    .orElseThrow(() -> Problem.notFound("There is no such file in the library."));
            long request = requests.insert(sql, mediaId, words, caller.userId(), clock.instant())
                    .orElseThrow(() -> Problem.conflict(
                            "already_requested", "Somebody has asked for this already, and waits for an answer."));
            audit.record(sql, caller.actor(), "deletion_request.create", target(request), found.filename());
            return request;
        });
        mediaListener.changed(mediaId);
        listener.added(id, mediaId);
        return id;
    }

    /** At most {@code limit} requests, newest first, with ids below {@code beforeId}; null means any status. */
    public List<DeletionRequest> list(DeletionRequest.Status status, long beforeId, int limit) {
        return database.read(sql -> requests.list(sql, status, beforeId, limit));
    }

    /** Puts the medium into the trash. @throws Problem 404, 409 {@code already_decided} */
    public DeletionRequest approve(Caller caller, long id) {
        DeletionRequest approved = database.write(sql -> {
            DeletionRequest request = decide(sql, caller, id, DeletionRequest.Status.APPROVED, "approve");
            Media found = media.one(sql, request.media().id()).orElseThrow(); // what lies in the trash has its answer
            trashing.put(sql, caller, found, clock.instant());
            return request;
        });
        mediaListener.removed(approved.media().id());
        listener.decided(id, approved.media().id(), true, approved.requesterId());
        return approved;
    }

    /** Leaves the medium where it is. @throws Problem 404, 409 {@code already_decided} */
    public DeletionRequest reject(Caller caller, long id) {
        DeletionRequest rejected =
                database.write(sql -> decide(sql, caller, id, DeletionRequest.Status.REJECTED, "reject"));
        mediaListener.changed(rejected.media().id());
        listener.decided(id, rejected.media().id(), false, rejected.requesterId());
        return rejected;
    }

    private DeletionRequest decide(Sql sql, Caller caller, long id, DeletionRequest.Status decision, String verb) {
        boolean first = requests.decide(sql, id, decision, caller.userId(), clock.instant());
        DeletionRequest request = requests.find(sql, id)
                .orElseThrow(() -> Problem.notFound("There is no such request to delete something."));
        if (!first) {
            throw Problem.conflict("already_decided", "Somebody has decided about this request already.");
        }
        String filename = request.media().filename();
        audit.record(sql, caller.actor(), "deletion_request." + verb, target(id), filename);
        return request;
    }

    /** Forgets at most {@code limit} requests that were decided longer ago than {@code kept}, and says how many. */
    public int sweep(Duration kept, int limit) {
        return database.write(sql -> requests.deleteDecided(sql, clock.instant().minus(kept), limit));
    }

    private static Target target(long id) {
        return new Target("deletion_request", id);
    }
}
