package dev.latchkey.library;

import dev.latchkey.account.Role;
import dev.latchkey.audit.Audit;
import dev.latchkey.audit.Target;
import dev.latchkey.blob.Blobs;
import dev.latchkey.db.Database;
import dev.latchkey.db.Sql;
import dev.latchkey.error.Fields;
import dev.latchkey.error.Problem;
import dev.latchkey.session.Caller;
import java.nio.channels.FileChannel;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The media that everyone with an account sees, which their uploaders and managers change. */
public final class Library {
    private static final int MAX_TITLE = 200;
    private static final int MAX_DESCRIPTION = 5000;

    private final MediaDao media = new MediaDao();
    private final TagDao tags = new TagDao();
    private final SearchDao search = new SearchDao();
    private final Database database;
    private final Blobs blobs;
    private final Audit audit;
    private final Trashing trashing;
    private final MediaListener listener;
    private final DeletionRequestListener requestListener;
    private final Clock clock;

    public Library(
            Database database,
            Blobs blobs,
            Audit audit,
            MediaListener listener,
            DeletionRequestListener requestListener,
            Clock clock) {
        this.database = database;
        this.blobs = blobs;
        this.audit = audit;
        this.trashing = new Trashing(audit);
        this.listener = listener;
        this.requestListener = requestListener;
        this.clock = clock;
    }

    /**
     * At most {@code limit} media behind {@code after} (null: from the start). Search text without a letter or digit
     * finds nothing.
     */
    public List<Media> list(MediaFilter filter, MediaOrder order, MediaCursor after, int limit) {
        Optional<String> words = Optional.ofNullable(filter.q()).flatMap(SearchWords::query);
        if (filter.q() != null && words.isEmpty()) {
            return List.of();
        }
        return database.read(sql -> {
            SearchPlan plan = words.map(text -> plan(sql, text, order)).orElse(null);
            return media.list(sql, MediaQuery.page(filter, words.orElse(null), plan, order, after, limit));
        });
    }

    private SearchPlan plan(Sql sql, String search, MediaOrder order) {
        return SearchPlan.of(order, this.search.hasMatches(sql, search, SearchPlan.threshold(order)));
    }

    /** @throws Problem {@code not_found}, also for what lies in the trash */
    public Media one(long id) {
        return database.read(sql -> visible(sql, id));
    }

    /** As {@link #one}, where a medium may be gone. */
    public Optional<Media> find(long id) {
        return database.read(sql -> media.one(sql, id));
    }

    /** Whether these bytes are in the library; what lies in the trash is not. */
    public boolean has(String sha256) {
        return database.read(sql -> media.existsOutsideTrash(sql, sha256));
    }

    /** Opens the bytes of a medium. @throws Problem {@code not_found} */
    public Content content(long id) {
        Media found = one(id);
        Optional<FileChannel> bytes = blobs.open(found.sha256());
        if (bytes.isEmpty()) {
            one(id); // purged in between: not found; else its file is missing
            throw Problem.internal(new IllegalStateException("The file of media " + id + " is missing; run doctor"));
        }
        return new Content(found, bytes.get());
    }

    /** @throws Problem {@code not_found}, {@code not_owner} or {@code invalid_fields} */
    public Media edit(Caller caller, long id, MediaChange change) {
        Fields fields = new Fields();
        Optional<String> title = checked(change.title(), text -> fields.line("title", text, MAX_TITLE));
        Optional<String> description =
                checked(change.description(), text -> fields.paragraph("description", text, MAX_DESCRIPTION));
        Optional<List<String>> checkedTags = checked(change.tags(), list -> Tags.checked(fields, list));
        fields.throwIfAny();
        Media edited = database.write(sql -> {
            Media before = owned(sql, caller, id);
            media.describe(
                    sql,
                    id,
                    title == null ? before.title() : title.orElse(null),
                    description == null ? before.description() : description.orElse(null));
            if (checkedTags != null) {
                tags.replace(sql, id, checkedTags.orElse(List.of()));
            }
            Media after = visible(sql, id);
            search.replace(sql, after);
            audit.record(sql, caller.actor(), "media.update", new Target("media", id), after.filename());
            return after;
        });
        listener.changed(id);
        return edited;
    }

    private static <T> Optional<T> checked(Optional<T> sent, java.util.function.UnaryOperator<T> check) {
        return sent == null ? null : sent.map(check);
    }

    /** Puts a medium into the trash. @throws Problem {@code not_found} or {@code not_owner} */
    public void trash(Caller caller, long id) {
        Optional<DeletionRequest> answered =
                database.write(sql -> trashing.put(sql, caller, owned(sql, caller, id), clock.instant()));
        listener.removed(id);
        answered.ifPresent(request -> requestListener.decided(request.id(), id, true, request.requesterId()));
    }

    private Media visible(Sql sql, long id) {
        return media.one(sql, id).orElseThrow(() -> Problem.notFound("There is no such file in the library."));
    }

    private Media owned(Sql sql, Caller caller, long id) {
        Media found = visible(sql, id);
        if (!caller.atLeast(Role.MANAGER) && !found.belongsTo(caller.userId())) {
            throw Problem.forbidden("not_owner", "Someone else uploaded this. Only they and managers can change it.");
        }
        return found;
    }
}
