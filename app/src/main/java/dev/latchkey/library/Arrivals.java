package dev.latchkey.library;

import dev.latchkey.account.Members;
import dev.latchkey.account.Role;
import dev.latchkey.account.Usage;
import dev.latchkey.audit.Audit;
import dev.latchkey.audit.Target;
import dev.latchkey.db.Database;
import dev.latchkey.db.Sql;
import dev.latchkey.error.Problem;
import dev.latchkey.session.Caller;
import java.time.Clock;
import java.util.function.BiConsumer;

/** Decides, in one transaction, what an uploaded file means: new, known, back from the trash, or not wanted. */
public final class Arrivals {
    private final MediaDao media = new MediaDao();
    private final SearchDao search = new SearchDao();
    private final Database database;
    private final Usage usage;
    private final Members members;
    private final Audit audit;
    private final MediaListener listener;
    private final Clock clock;

    public Arrivals(Database database, Usage usage, Audit audit, MediaListener listener, Clock clock) {
        this.database = database;
        this.usage = usage;
        this.members = new Members(clock);
        this.audit = audit;
        this.listener = listener;
        this.clock = clock;
    }

    /**
     * @param also done in the same transaction
     * @throws Problem {@code quota_exceeded}, {@code removed} for bytes that a manager put into the trash, or what
     *     {@link Members#requireStill} throws
     */
    Upload commit(Caller caller, NewMedia file, BiConsumer<Sql, Media> also) {
        Change change = database.write(sql -> {
            members.requireStill(sql, caller.userId());
            Change decided = media.bySha256(sql, file.sha256())
                    .map(existing -> again(sql, caller, existing))
                    .orElseGet(() -> store(sql, caller, file));
            also.accept(sql, decided.media());
            return decided;
        });
        if (change.usersChanged()) {
            changed(caller.userId());
            changed(change.formerUploader());
        }
        tell(change);
        return new Upload(change.status(), change.media());
    }

    private void tell(Change change) {
        if (change.status() != Upload.Status.DUPLICATE) {
            listener.added(change.media().id());
        } else if (change.usersChanged()) {
            listener.changed(change.media().id());
        }
    }

    private void changed(Long userId) {
        if (userId != null) {
            usage.changed(userId);
        }
    }

    private Change store(Sql sql, Caller caller, NewMedia file) {
        requireQuota(sql, caller.userId(), file.sizeBytes());
        long id = media.insert(sql, file, clock.instant(), caller.userId());
        audit.record(sql, caller.actor(), "media.upload", target(id), file.filename());
        Media stored = media.one(sql, id).orElseThrow();
        search.put(sql, stored);
        return new Change(Upload.Status.STORED, stored, true, null);
    }

    private void requireQuota(Sql sql, Long userId, long bytes) {
        if (userId != null && !usage.add(sql, userId, bytes)) {
            throw Problem.forbidden("quota_exceeded", "This file does not fit into your quota.");
        }
    }

    private Change again(Sql sql, Caller caller, Media existing) {
        return existing.isTrashed() ? restore(sql, caller, existing) : claim(sql, caller, existing);
    }

    /**
     * The first uploader stays; what nobody uploaded yet gets this one. A claim that does not fit the quota changes
     * nothing and is no error: the bytes are here anyway, and a duplicate costs nothing.
     */
    private Change claim(Sql sql, Caller caller, Media existing) {
        boolean claimed = existing.uploader() == null
                && caller.userId() != null
                && usage.add(sql, caller.userId(), existing.sizeBytes());
        if (!claimed) {
            return new Change(Upload.Status.DUPLICATE, existing, false, null);
        }
        media.setUploader(sql, existing.id(), caller.userId());
        audit.record(sql, caller.actor(), "media.claim", target(existing.id()), existing.filename());
        return new Change(Upload.Status.DUPLICATE, media.one(sql, existing.id()).orElseThrow(), true, null);
    }

    private Change restore(Sql sql, Caller caller, Media existing) {
        if (!caller.atLeast(Role.MANAGER) && !existing.wasTrashedByUploader()) {
            throw Removed.problem();
        }
        Long former = existing.uploader() == null ? null : existing.uploader().id();
        if (caller.userId() != null && !existing.belongsTo(caller.userId())) {
            handOver(sql, existing, former, caller.userId());
        }
        media.restore(sql, existing.id());
        audit.record(sql, caller.actor(), "media.restore", target(existing.id()), existing.filename());
        Media restored = media.one(sql, existing.id()).orElseThrow();
        search.put(sql, restored);
        return new Change(Upload.Status.RESTORED, restored, true, former);
    }

    /** Whoever brings a file back answers for it from now on, quota included. */
    private void handOver(Sql sql, Media existing, Long from, Long to) {
        if (from != null) {
            usage.remove(sql, from, existing.sizeBytes());
        }
        requireQuota(sql, to, existing.sizeBytes());
        media.setUploader(sql, existing.id(), to);
    }

    private static Target target(long id) {
        return new Target("media", id);
    }

    private record Change(Upload.Status status, Media media, boolean usersChanged, Long formerUploader) {}
}
