package dev.latchkey.blob;

import dev.latchkey.error.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Writes an arriving file to the temporary folder and hashes it on the way, in one pass through one small buffer. */
final class Receiver {
    private static final int BUFFER_BYTES = 128 * 1024;
    /** What most files fit into that are sent by the thousand; a larger buffer for each keeps the collector busy. */
    private static final int FIRST_BYTES = 32 * 1024;

    static final int HEAD_BYTES = 16 * 1024;
    private static final long CHECK_EVERY_BYTES = 16 << 20;

    private final Path folder;
    private final DiskSpace disk;
    private final long maxBytes;
    private final Set<Path> arriving = ConcurrentHashMap.newKeySet();

    Receiver(Path folder, DiskSpace disk, long maxBytes) {
        this.folder = folder;
        this.disk = disk;
        this.maxBytes = maxBytes;
    }

    /** @throws Problem when {@code bytes} of a file are more than may come, or more than the disk has room for */
    void expect(long bytes) {
        if (bytes > maxBytes) {
            throw tooLarge(maxBytes);
        }
        disk.require(Math.max(bytes, 0));
    }

    IncomingBlob receive(InputStream in, Set<String> algorithms) {
        disk.require(0);
        Path file = folder.resolve(UUID.randomUUID() + ".part");
        Temporary temporary = create(file);
        boolean whole = false;
        try {
            IncomingBlob blob = copy(in, temporary, new Digests(algorithms));
            whole = true;
            return blob;
        } finally {
            if (!whole) {
                temporary.close();
            }
        }
    }

    /** Whether a file belongs to an upload that is under way, however old a changed clock makes it look. */
    boolean isArriving(Path file) {
        return arriving.contains(file);
    }

    private Temporary create(Path file) {
        arriving.add(file);
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            return new Temporary(file, channel, () -> arriving.remove(file));
        } catch (IOException e) {
            arriving.remove(file);
            throw disk.writeFailed(e);
        }
    }

    private IncomingBlob copy(InputStream in, Temporary temporary, Digests digests) {
        byte[] buffer = new byte[FIRST_BYTES];
        byte[] head = new byte[0];
        long size = 0;
        long nextCheck = CHECK_EVERY_BYTES;
        for (int length = fill(in, buffer); length > 0; length = fill(in, buffer)) {
            if (size == 0) {
                head = Arrays.copyOf(buffer, Math.min(length, HEAD_BYTES));
            }
            size += length;
            if (size > maxBytes) {
                throw tooLarge(maxBytes);
            }
            if (size >= nextCheck) {
                disk.require(BUFFER_BYTES);
                nextCheck = size + CHECK_EVERY_BYTES;
            }
            digests.update(buffer, length);
            write(temporary.channel(), buffer, length);
            if (buffer.length < BUFFER_BYTES && length == buffer.length) {
                buffer = new byte[BUFFER_BYTES];
            }
        }
        return new IncomingBlob(temporary, digests.finish(), size, head);
    }

    /** Reads until the buffer is full, so that a slow sender costs few writes; 0 at the end. */
    private static int fill(InputStream in, byte[] buffer) {
        try {
            return in.readNBytes(buffer, 0, buffer.length);
        } catch (IOException e) {
            throw Problem.malformed("The file ended before all of it had come.");
        }
    }

    private void write(FileChannel channel, byte[] buffer, int length) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, length);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw disk.writeFailed(e);
        }
    }

    static Problem tooLarge(long maxBytes) {
        return Problem.of(Problem.Kind.TOO_LARGE, "too_large", "A file may have " + maxBytes + " bytes here at most.");
    }
}
