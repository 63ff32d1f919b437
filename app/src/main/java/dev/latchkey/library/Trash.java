package dev.latchkey.library;

import dev.latchkey.account.Role;
import dev.latchkey.account.Usage;
import dev.latchkey.audit.Actor;
import dev.latchkey.audit.Audit;
import dev.latchkey.audit.Target;
import dev.latchkey.blob.Blobs;
import dev.latchkey.blob.ThumbnailFiles;
import dev.latchkey.db.Database;
import dev.latchkey.db.Sql;
import dev.latchkey.error.Problem;
import dev.latchkey.session.Caller;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What was deleted and may come back for a while. Members see what they uploaded, managers everything. */
public final class Trash {
    private static final Actor NOBODY = new Actor(null, null, null);

    private final MediaDao media = new MediaDao();
    private final SearchDao search = new SearchDao();
    private final Database database;
    private final Blobs blobs;
    private final ThumbnailFiles thumbnails;
    private final Usage usage;
    private final Audit audit;
    private final MediaListener listener;
    private final Clock clock;
    private final Duration life;

    /** @param life how long things stay */
    public Trash(
            Database database,
            Blobs blobs,
            ThumbnailFiles thumbnails,
            Usage usage,
            Audit audit,
            MediaListener listener,
            Clock clock,
            Duration life) {
        this.database = database;
        this.blobs = blobs;
        this.thumbnails = thumbnails;
        this.usage = usage;
        this.audit = audit;
        this.listener = listener;
        this.clock = clock;
        this.life = life;
    }

    /** At most {@code limit} media behind {@code after} (null: from the start), the last trashed first. */
    public List<Media> list(Caller caller, TrashCursor after, int limit) {
        return database.read(sql -> media.trash(sql, onlyOf(caller), after, limit));
    }

    /** A medium in the trash; empty when it is not there, or not for this caller to see. */
    public Optional<Media> find(Caller caller, long id) {
        return caller.atLeast(Role.MEMBER)
                ? database.read(sql -> media.trashed(sql, id, onlyOf(caller)))
                : Optional.empty();
    }

    /** When a medium in the trash goes for good by itself. */
    public Instant purgeAt(Media trashed) {
        return trashed.trashedAt().plus(life);
    }

    /** Brings a medium back. @throws Problem {@code not_found}, or {@code removed} when a manager put it there */
    public Media restore(Caller caller, long id) {
        Media back = database.write(sql -> {
            Media found = visible(sql, caller, id);
            if (!caller.atLeast(Role.MANAGER) && !found.wasTrashedByUploader()) {
                throw Removed.problem();
            }
            media.restore(sql, id);
            Media restored = media.one(sql, id).orElseThrow();
            search.put(sql, restored);
            audit.record(sql, caller.actor(), "media.restore", target(id), restored.filename());
            return restored;
        });
        listener.added(id);
        return back;
    }

    /** Deletes a medium in the trash for good. @throws Problem {@code not_found}, or {@code forbidden} for members */
    public void purge(Caller caller, long id) {
        Media purged = database.write(sql -> {
            Media found = visible(sql, caller, id);
            if (!caller.atLeast(Role.MANAGER)) {
                throw Problem.forbidden("forbidden", "Only managers delete for good.");
            }
            remove(sql, caller.actor(), found);
            return found;
        });
        forget(purged);
    }

    /**
     * Deletes for good what has been in the trash for its time; a daily job.
     *
     * @param limit how many at most
     * @return how many it was; fewer than the limit means that all is done
     */
    public int purgeExpired(int limit) {
        Instant before = clock.instant().minus(life);
        List<Long> ids = database.read(sql -> media.trashedBefore(sql, before, limit));
        ids.forEach(id -> database.write(sql -> purgeExpired(sql, id, before)).ifPresent(this::forget));
        return ids.size();
    }

    /** Empty when it was restored, or restored and trashed again, in the meantime. */
    private Optional<Media> purgeExpired(Sql sql, long id, Instant before) {
        Optional<Media> expired =
                media.trashed(sql, id, null).filter(found -> found.trashedAt().isBefore(before));
        expired.ifPresent(found -> remove(sql, NOBODY, found));
        return expired;
    }

    private void remove(Sql sql, Actor actor, Media found) {
        media.delete(sql, found.id());
        if (found.uploader() != null) {
            usage.remove(sql, found.uploader().id(), found.sizeBytes());
        }
        audit.record(sql, actor, "media.purge", target(found.id()), found.filename());
    }

    /** After the commit: a file whose row is gone is harmless, a row whose file is gone is not. */
    private void forget(Media purged) {
        if (purged.uploader() != null) {
            usage.changed(purged.uploader().id());
        }
        blobs.delete(purged.sha256());
        thumbnails.delete(purged.sha256());
    }

    private Media visible(Sql sql, Caller caller, long id) {
        return media.trashed(sql, id, onlyOf(caller))
                .orElseThrow(() -> Problem.notFound("There is no such file in the trash."));
    }

    private static Long onlyOf(Caller caller) {
        return caller.atLeast(Role.MANAGER) ? null : caller.userId();
    }

    private static Target target(long id) {
        return new Target("media", id);
    }
}
