package dev.latchkey.library;

import dev.latchkey.account.Role;
import dev.latchkey.account.Usage;
import dev.latchkey.account.User;
import dev.latchkey.account.UserCache;
import dev.latchkey.audit.Actor;
import dev.latchkey.audit.Audit;
import dev.latchkey.audit.AuditEntry;
import dev.latchkey.audit.AuditFilter;
import dev.latchkey.blob.Blobs;
import dev.latchkey.blob.ThumbnailFiles;
import dev.latchkey.config.Config;
import dev.latchkey.db.DataFolder;
import dev.latchkey.db.Database;
import dev.latchkey.error.Problem;
import dev.latchkey.harness.EmptyDatabase;
import dev.latchkey.session.Caller;
import dev.latchkey.testing.News;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** A whole library on a real database and real files, with a clock that stands still until it is moved. */
final class LibraryWorld implements AutoCloseable {
    static final Duration TRASH_LIFE = Duration.ofDays(30);

    private static final Actor HERE = new Actor(null, "127.0.0.1", "test");

    final DataFolder folder;
    final News news = new News();
    final Database database;
    final Blobs blobs;
    final ThumbnailFiles thumbnails;
    final Library library;
    final DeletionRequests requests;
    final Uploads uploads;
    final ResumableUploads resumable;
    final Trash trash;
    private final Audit audit;
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T00:00:00Z"));

    LibraryWorld(Path parent) {
        this(parent, 1 << 20);
    }

    /** @param maxBytes how large a file may be */
    LibraryWorld(Path parent, long maxBytes) {
        Clock clock = new StandingClock(now);
        folder = DataFolder.open(parent.resolve("data"));
        database = Database.open(EmptyDatabase.at(folder.database()));
        audit = new Audit(database, clock);
        Usage usage = new Usage(new UserCache(database));
        blobs = new Blobs(
                folder.blobs(),
                folder.temporary(),
                new Config.Storage(maxBytes, 0, TRASH_LIFE),
                new MediaBlobs(database),
                clock);
        library = new Library(database, blobs, audit, news.media, news.deletionRequests, clock);
        requests = new DeletionRequests(database, audit, news.media, news.deletionRequests, clock);
        thumbnails = new ThumbnailFiles(folder.thumbnails(), folder.temporary(), 0, new MediaBlobs(database), clock);
        trash = new Trash(database, blobs, thumbnails, usage, audit, news.media, clock, TRASH_LIFE);
        uploads = new Uploads(blobs, new ContentTypes(), new Arrivals(database, usage, audit, news.media, clock));
        resumable = new ResumableUploads(database, blobs, uploads, usage, clock);
    }

    private static final class StandingClock extends Clock {
        private final AtomicReference<Instant> now;

        StandingClock(AtomicReference<Instant> now) {
            this.now = now;
        }

        @Override
        public Instant instant() {
            return now.get();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    Instant now() {
        return now.get();
    }

    void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    Caller owner() {
        return Caller.localOwner(HERE);
    }

    Caller person(String username, Role role) {
        return person(username, role, null);
    }

    Caller person(String username, Role role, Long quotaBytes) {
        long id = database.write(sql -> sql.insert("""
                INSERT INTO users (username, display_name, role, quota_bytes, created_at)
                VALUES (?, ?, ?, ?, ?) RETURNING id""", username, username, role, quotaBytes, now()))
                .orElseThrow();
        User user = new User(
                id,
                username,
                username,
                null,
                false,
                null,
                null,
                null,
                role,
                true,
                false,
                0,
                0,
                false,
                quotaBytes,
                0,
                null,
                now(),
                null);
        return new Caller(Caller.Kind.USER, user, null, new Actor(id, "127.0.0.1", "test"));
    }

    long used(Caller caller) {
        return database.read(sql -> sql.one(
                        "SELECT used_bytes FROM users WHERE id = ?", row -> row.number("used_bytes"), caller.userId()))
                .orElseThrow();
    }

    Upload upload(Caller caller, String filename, String text) {
        return uploads.add(caller, filename, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), Map.of());
    }

    Media stored(Caller caller, String filename, String text) {
        return upload(caller, filename, text).media();
    }

    /** As if the file had told when it was taken. */
    void took(long id, Instant at) {
        database.run(sql -> {
            sql.update("UPDATE media SET timeline_at = ? WHERE id = ?", at, id);
            sql.update("UPDATE media_tags SET timeline_at = ? WHERE media_id = ?", at, id);
        });
    }

    /** The code of the problem that {@code work} ends with, or "done". */
    static String outcome(Runnable work) {
        try {
            work.run();
            return "done";
        } catch (Problem problem) {
            return problem.code();
        }
    }

    long blobCount() {
        return count(folder.blobs());
    }

    long temporaryCount() {
        return count(folder.temporary());
    }

    private static long count(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The actions in the audit log, oldest first. */
    List<String> actions() {
        List<AuditEntry> entries = audit.list(new AuditFilter(null, null, null, null), null, 1000);
        return entries.stream()
                .sorted((a, b) -> Long.compare(a.id(), b.id()))
                .map(AuditEntry::action)
                .toList();
    }

    @Override
    public void close() {
        database.close();
        folder.close();
    }
}
