package dev.latchkey.library;

import dev.latchkey.audit.Audit;
import dev.latchkey.audit.Target;
import dev.latchkey.db.Sql;
import dev.latchkey.session.Caller;
import java.time.Instant;
import java.util.Optional;

/** The one way into the trash, inside the transaction of whoever decides that. */
final class Trashing {
    private final MediaDao media = new MediaDao();
    private final SearchDao search = new SearchDao();
    private final DeletionRequestDao requests = new DeletionRequestDao();
    private final Audit audit;

    Trashing(Audit audit) {
        this.audit = audit;
    }

    /** @return the request that waited for this, which is approved thereby */
    Optional<DeletionRequest> put(Sql sql, Caller caller, Media found, Instant now) {
        media.trash(sql, found.id(), now, caller.userId());
        search.remove(sql, found.id());
        audit.record(sql, caller.actor(), "media.trash", new Target("media", found.id()), found.filename());
        return requests.pending(sql, found.id()).map(id -> approve(sql, caller, id, now));
    }

    private DeletionRequest approve(Sql sql, Caller caller, long id, Instant now) {
        requests.decide(sql, id, DeletionRequest.Status.APPROVED, caller.userId(), now);
        DeletionRequest request = requests.find(sql, id).orElseThrow();
        Target target = new Target("deletion_request", id);
        audit.record(
                sql,
                caller.actor(),
                "deletion_request.approve",
                target,
                request.media().filename());
        return request;
    }
}
