package dev.latchkey.library;

import dev.latchkey.account.Usage;
import dev.latchkey.blob.Pieces;
import dev.latchkey.db.Sql;
import dev.latchkey.error.Problem;
import dev.latchkey.session.Caller;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Sees to it that uploads which come in pieces do not promise more room than there is. An upload that moved within the
 * last hour counts as if it were whole; one that rests counts as what has come of it, so that what somebody gave up
 * keeps nobody out.
 */
final class UploadRoom {
    private static final Duration RESTS_AFTER = Duration.ofHours(1);
    private static final int MAX_COUNTED = 10_000;

    private final ResumableUploadDao dao = new ResumableUploadDao();
    private final Pieces pieces;
    private final Usage usage;
    private final Clock clock;

    UploadRoom(Pieces pieces, Usage usage, Clock clock) {
        this.pieces = pieces;
        this.usage = usage;
        this.clock = clock;
    }

    /** @throws Problem {@code too_large}, {@code storage_full} or {@code quota_exceeded} for a new upload */
    void require(Sql sql, Caller caller, long length) {
        long promised = dao.expiringAfter(sql, movedSince(), MAX_COUNTED).stream()
                .mapToLong(upload -> Math.max(0, upload.lengthBytes() - pieces.size(upload.id())))
                .sum();
        pieces.expect(length, promised);
        if (!fits(sql, caller, 0, length)) {
            throw quotaExceeded();
        }
    }

    /** Whether an upload that has begun fits into its owner's quota once it is whole. */
    boolean fits(Sql sql, Caller caller, ResumableUpload upload) {
        return fits(sql, caller, upload.id(), upload.lengthBytes());
    }

    private boolean fits(Sql sql, Caller caller, long id, long length) {
        if (caller.userId() == null || caller.user().quotaBytes() == null) {
            return true;
        }
        long others = dao.open(sql, caller.userId(), clock.instant()).stream()
                .filter(upload -> upload.id() != id)
                .mapToLong(this::counted)
                .sum();
        return usage.fits(sql, caller.userId(), others + length);
    }

    static Problem quotaExceeded() {
        return Problem.forbidden(
                "quota_exceeded", "This file does not fit into your quota, with what you are uploading already.");
    }

    private long counted(ResumableUpload upload) {
        return upload.expiresAt().isAfter(movedSince()) ? upload.lengthBytes() : pieces.size(upload.id());
    }

    /** The earliest end of an upload that moved within the last hour. */
    private Instant movedSince() {
        return clock.instant().plus(ResumableUploads.LIFE).minus(RESTS_AFTER);
    }
}
