package dev.latchkey.library;

import dev.latchkey.account.Usage;
import dev.latchkey.blob.Pieces;
import dev.latchkey.db.Sql;
import dev.latchkey.error.Problem;
import dev.latchkey.session.Caller;
import java.time.Clock;

/**
 * Sees to it that a person's uploads which come in pieces fit into their quota together. One that room on the disk is
 * promised to counts as if it were whole; one that rests counts as what has come of it.
 */
final class UploadRoom {
    private final ResumableUploadDao dao = new ResumableUploadDao();
    private final Pieces pieces;
    private final Usage usage;
    private final Clock clock;

    UploadRoom(Pieces pieces, Usage usage, Clock clock) {
        this.pieces = pieces;
        this.usage = usage;
        this.clock = clock;
    }

    /** @throws Problem {@code quota_exceeded} for a new upload */
    void requireQuota(Sql sql, Caller caller, long length) {
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
        return pieces.isPromised(upload.id()) ? upload.lengthBytes() : pieces.size(upload.id());
    }
}
