package dev.latchkey.blob;

import dev.latchkey.error.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/** One piece on its way to the end of a file, until its sender or the disk has had enough. For one use. */
final class Piece {
    static final int BUFFER_BYTES = 128 * 1024;
    private static final long CHECK_EVERY_BYTES = 16 << 20;

    private final FileChannel channel;
    private final DiskSpace disk;
    private final Optional<RunningHash> hash;
    private final Optional<Checksum> checksum;
    private final Optional<MessageDigest> digest;
    private final long start;
    private long end;
    private boolean over;
    private Problem broken;

    /** @param hash of what is there, where that is known; what comes goes into it */
    Piece(FileChannel channel, DiskSpace disk, long start, Optional<RunningHash> hash, Optional<Checksum> checksum) {
        this.channel = channel;
        this.disk = disk;
        this.hash = hash;
        this.checksum = checksum;
        this.digest = checksum.map(Checksum::digest);
        this.start = start;
        this.end = start;
    }

    /**
     * Writes what comes, and makes it durable.
     *
     * @param progress told how long the file is, as it grows
     * @throws Problem when nothing of it stays
     */
    void receive(InputStream in, long room, BooleanSupplier unwanted, LongConsumer progress) {
        byte[] buffer = new byte[BUFFER_BYTES];
        long nextCheck = CHECK_EVERY_BYTES;
        while (!over && broken == null && !unwanted.getAsBoolean()) {
            int length = fill(in, buffer, start + room + 1 - end);
            if (end + length > start + room) {
                throw dropped(Problem.of(
                        Problem.Kind.TOO_LARGE, "too_large", "More came than the upload was announced to have."));
            }
            if (end - start >= nextCheck) {
                requireRoom();
                nextCheck += CHECK_EVERY_BYTES;
            }
            write(buffer, length);
            progress.accept(end);
        }
        judge();
        force();
    }

    /** What kept the sender from getting further, though what came has stayed. */
    Optional<Problem> broken() {
        return Optional.ofNullable(broken);
    }

    /** Reads until the buffer is full, so that a slow sender costs few writes; a broken connection loses nothing. */
    private int fill(InputStream in, byte[] buffer, long most) {
        int limit = (int) Math.min(buffer.length, most);
        int length = 0;
        try {
            while (length < limit && !over) {
                int read = in.read(buffer, length, limit - length);
                over = read < 0;
                length += Math.max(read, 0);
            }
        } catch (IOException | RuntimeException e) { // what is wrong with HTTP itself, Jetty tells by the latter
            broken = Problem.malformed("The piece ended before all of it had come. What came is there.");
        }
        return length;
    }

    private void requireRoom() {
        try {
            disk.requirePromised(BUFFER_BYTES);
        } catch (Problem e) {
            broken = e;
        }
    }

    private void write(byte[] buffer, int length) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, length);
            for (long at = end; bytes.hasRemaining(); ) {
                at += channel.write(bytes, at);
            }
            end += length;
            digest.ifPresent(hashing -> hashing.update(buffer, 0, length));
            hash.ifPresent(hashing -> hashing.update(buffer, length));
        } catch (IOException e) {
            broken = disk.writeFailed(e);
            truncate(end, broken);
        }
    }

    /** What was to be verified and cannot be, does not stay. */
    private void judge() {
        if (checksum.isEmpty()) {
            return;
        }
        if (broken != null) {
            throw dropped(broken);
        }
        if (!checksum.get().matches(digest.orElseThrow())) {
            throw dropped(Problem.of(
                    Problem.Kind.CHECKSUM_MISMATCH,
                    "checksum_mismatch",
                    "The piece does not match its checksum, and was dropped. Send it again."));
        }
    }

    /** After a sync that failed nobody knows what is on the disk, and a later one would not tell: the piece goes. */
    private void force() {
        try {
            channel.force(true);
        } catch (IOException e) {
            throw dropped(disk.writeFailed(e));
        }
    }

    private Problem dropped(Problem why) {
        truncate(start, why);
        return why;
    }

    private void truncate(long size, Problem why) {
        try {
            channel.truncate(size);
        } catch (IOException e) {
            why.addSuppressed(e);
        }
    }
}
