package dev.latchkey.library;

import dev.latchkey.account.Usage;
import dev.latchkey.blob.Blobs;
import dev.latchkey.blob.IncomingBlob;
import dev.latchkey.blob.Pieces;
import dev.latchkey.db.Database;
import dev.latchkey.db.Sql;
import dev.latchkey.error.Problem;
import dev.latchkey.library.Turns.Turn;
import dev.latchkey.session.Caller;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Files that come in pieces and go on after a break. A piece that was acknowledged is on the disk; a file that is whole
 * goes into the library by the way of all uploads. Each upload is its creator's, and does not exist for anybody else.
 */
public final class ResumableUploads {
    /** How many one person may have begun. */
    static final int MAX_OPEN = 100;
    /** How long an upload waits for its next piece. */
    static final Duration LIFE = Duration.ofHours(24);

    /** So many are promised room after a restart. */
    private static final int MAX_REMEMBERED = 10_000;

    private static final String SHA_256 = "SHA-256";
    private static final Duration RENEWED_EVERY = Duration.ofMinutes(1);

    private final ResumableUploadDao dao = new ResumableUploadDao();
    private final Turns turns = new Turns();
    private final Database database;
    private final Pieces pieces;
    private final Uploads uploads;
    private final UploadRoom room;
    private final Clock clock;

    public ResumableUploads(Database database, Blobs blobs, Uploads uploads, Usage usage, Clock clock) {
        this.database = database;
        this.pieces = blobs.pieces();
        this.uploads = uploads;
        this.room = new UploadRoom(pieces, usage, clock);
        this.clock = clock;
        database.read(sql -> dao.unfinished(sql, clock.instant(), MAX_REMEMBERED))
                .forEach(upload -> pieces.promiseAgain(upload.id(), upload.lengthBytes(), upload.movedAt()));
    }

    /** How large a file may be, in bytes. */
    public long maxBytes() {
        return pieces.maxBytes();
    }

    /**
     * Begins an upload.
     *
     * @param filename as its sender wrote it
     * @param metadata given back as it is
     * @throws Problem {@code empty}, {@code too_large}, {@code storage_full}, {@code quota_exceeded}, {@code too_many}
     */
    public UploadProgress create(Caller caller, String filename, String metadata, long length) {
        if (length == 0) {
            throw Uploads.empty();
        }
        return database.write(sql -> {
            Instant now = clock.instant();
            requireFew(dao.open(sql, caller.userId(), now));
            pieces.requireAllowed(length);
            room.requireQuota(sql, caller, length);
            long id =
                    dao.insert(sql, caller.userId(), FileNames.clean(filename), metadata, length, now, now.plus(LIFE));
            pieces.remove(id); // an older database was put back: ids come again, and their files must not
            pieces.promise(id, length);
            return new UploadProgress(mine(sql, caller, id), 0, null);
        });
    }

    private static void requireFew(List<ResumableUpload> open) {
        if (open.size() >= MAX_OPEN) {
            throw Problem.conflict(
                    "too_many", "You have " + MAX_OPEN + " uploads under way. Finish some, or end them with DELETE.");
        }
    }

    /**
     * How far an upload is. One that is whole, but was not brought to its end because the server stopped there, is now.
     *
     * @throws Problem {@code not_found}, {@code upload_over}, {@code upload_busy}, and what the end of an upload throws
     */
    public UploadProgress look(Caller caller, long id) {
        present(caller, id); // nobody waits for somebody else's upload
        return alone(id, turn -> {
            ResumableUpload upload = present(caller, id);
            return upload.isDone() ? done(upload) : ended(caller, upload, Map.of());
        });
    }

    /**
     * Adds a piece. The last one brings the upload to its end; when that is refused, the upload is over.
     *
     * @throws Problem {@code not_found}, {@code upload_over}, {@code upload_busy}, {@code wrong_offset}, what
     *     {@link Pieces#append} throws, and what {@link Uploads#add} throws
     */
    public UploadProgress append(Caller caller, long id, NextPiece piece) {
        present(caller, id);
        return alone(id, turn -> {
            ResumableUpload upload = present(caller, id);
            long there = upload.isDone() ? upload.lengthBytes() : pieces.size(id);
            requireFits(upload, there, piece.offset(), piece.length());
            if (upload.isDone()) {
                return done(upload);
            }
            requireRoom(caller, upload, piece.length());
            try {
                long room = upload.lengthBytes() - there;
                InputStream body = turn.reading(piece.body().get(), piece.hangUp());
                pieces.append(id, there, room, body, piece.checksum(), turn::isEnded);
            } finally {
                renew(upload, there);
            }
            return ended(caller, database.read(sql -> mine(sql, caller, id)), piece.digests());
        });
    }

    private static void requireFits(ResumableUpload upload, long there, long offset, long length) {
        if (offset != there) {
            throw Problem.conflict("wrong_offset", "The upload is at " + there + ", not at " + offset + ".");
        }
        if (length > upload.lengthBytes() - there) {
            throw Problem.of(
                    Problem.Kind.TOO_LARGE, "too_large", "This is more than the upload was announced to have.");
        }
    }

    private void requireRoom(Caller caller, ResumableUpload upload, long length) {
        pieces.expect(upload.id(), upload.lengthBytes(), length);
        if (!database.read(sql -> room.fits(sql, caller, upload))) {
            throw UploadRoom.quotaExceeded();
        }
    }

    private void renew(ResumableUpload upload, long before) {
        Instant end = clock.instant().plus(LIFE);
        boolean late = Duration.between(upload.expiresAt(), end).compareTo(RENEWED_EVERY) >= 0;
        if (late && pieces.size(upload.id()) > before) {
            database.run(sql -> dao.renew(sql, upload.id(), end));
        }
    }

    private UploadProgress alone(long id, Function<Turn, UploadProgress> work) {
        try (Turn turn = turns.take(id).orElseThrow(ResumableUploads::busy)) {
            return work.apply(turn);
        }
    }

    private static Problem busy() {
        return Problem.locked(
                "upload_busy",
                "Another request is at this upload. Wait until it has ended, then ask where to go on.",
                Duration.ofSeconds(2));
    }

    private ResumableUpload mine(Sql sql, Caller caller, long id) {
        return dao.ofOwner(sql, id, caller.userId())
                .orElseThrow(() -> Problem.notFound("There is no such upload. Begin a new one."));
    }

    /** An upload that can still be asked about. */
    private ResumableUpload present(Caller caller, long id) {
        ResumableUpload upload = database.read(sql -> mine(sql, caller, id));
        boolean over = !upload.isOpen() && !upload.isDone();
        if (over || !clock.instant().isBefore(upload.expiresAt())) {
            throw Problem.of(
                    Problem.Kind.GONE, "upload_over", "This upload has expired or was refused. Begin a new one.");
        }
        return upload;
    }

    private static UploadProgress done(ResumableUpload upload) {
        return new UploadProgress(upload, upload.lengthBytes(), null);
    }

    /** Makes a medium of an upload that is whole. */
    private UploadProgress ended(Caller caller, ResumableUpload upload, Map<String, byte[]> digests) {
        long there = pieces.size(upload.id());
        if (there < upload.lengthBytes()) {
            return new UploadProgress(upload, there, null);
        }
        Upload result = keep(caller, upload, digests);
        pieces.remove(upload.id());
        return new UploadProgress(upload, upload.lengthBytes(), result);
    }

    private Upload keep(Caller caller, ResumableUpload upload, Map<String, byte[]> digests) {
        try (IncomingBlob blob = pieces.whole(upload.id())) {
            if (digests.containsKey(SHA_256)) {
                Uploads.compare(blob.digest(SHA_256), digests.get(SHA_256));
            }
            return uploads.keep(caller, upload.filename(), blob, (sql, media) -> finish(sql, upload, media.id()));
        } catch (Problem problem) {
            if (isFinal(problem)) {
                database.run(sql -> dao.finish(sql, upload.id(), null, clock.instant()));
                pieces.remove(upload.id());
            }
            throw problem;
        }
    }

    private void finish(Sql sql, ResumableUpload upload, long mediaId) {
        if (!dao.finish(sql, upload.id(), mediaId, clock.instant())) {
            throw Problem.notFound("The upload was ended while it came in.");
        }
    }

    /** A disk or a database that fails now may work later, and then the bytes are still there. */
    private static boolean isFinal(Problem problem) {
        return switch (problem.kind()) {
            case UNAVAILABLE, STORAGE_FULL, INTERNAL -> false;
            default -> true;
        };
    }

    /** Ends an upload, whatever it is up to; a medium that came of it stays. @throws Problem {@code not_found} */
    public void remove(Caller caller, long id) {
        database.run(sql -> {
            mine(sql, caller, id);
            dao.delete(sql, id);
        });
        turns.end(id, () -> pieces.remove(id));
    }

    /**
     * Forgets uploads that expired, ended a while ago, or belong to people who may not go on. A piece that takes more
     * than a day to come keeps its upload alive.
     *
     * @param limit how many at most
     * @return how many it were; fewer than the limit means that all is done
     */
    public int sweep(int limit) {
        List<Long> ids = database.write(sql -> {
            Instant now = clock.instant();
            turns.taken().forEach(id -> dao.renew(sql, id, now.plus(LIFE)));
            return dao.deleteEnded(sql, now, limit);
        });
        ids.forEach(id -> turns.end(id, () -> pieces.remove(id)));
        return ids.size();
    }

    /** Removes files that no upload is waiting with; a row is there before its file, so that no new one is hit. */
    public int sweepFiles() {
        return pieces.sweep(id -> database.read(sql -> dao.isOpen(sql, id)));
    }
}
