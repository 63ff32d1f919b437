package dev.latchkey.blob;

import dev.latchkey.crypto.PrivateFiles;
import dev.latchkey.error.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files that arrive in pieces, perhaps over days and restarts: each is {@code upload-ID} in the temporary folder, and its
 * length is how much has come. Whoever calls sees to it that one thread at a time works on a file.
 */
public final class Pieces {
    private static final Logger LOG = LoggerFactory.getLogger(Pieces.class);
    private static final Pattern NAME = Pattern.compile("upload-([1-9][0-9]{0,17})");

    private final Path folder;
    private final DiskSpace disk;
    private final Promises promises;
    private final long maxBytes;
    /** Of files that grow; after a restart they are read once more at their end. */
    private final Map<Long, RunningHash> hashes = new ConcurrentHashMap<>();

    Pieces(Path folder, DiskSpace disk, Promises promises, long maxBytes) {
        this.folder = folder;
        this.disk = disk;
        this.promises = promises;
        this.maxBytes = maxBytes;
    }

    /** How large a file may be in the end, in bytes. */
    public long maxBytes() {
        return maxBytes;
    }

    /** Refuses a file that is larger than any may be. @throws Problem {@code too_large} */
    public void requireAllowed(long bytes) {
        if (bytes > maxBytes) {
            throw Receiver.tooLarge(maxBytes);
        }
    }

    /**
     * Promises room on the disk for the rest of a file. Nobody else is let in who would need it, until the file is whole,
     * removed, or has not moved for an hour.
     *
     * @param length how large the file will be, in bytes
     * @throws Problem {@code storage_full} when so much is not there, beside the reserve and what others were promised
     */
    public synchronized void promise(long id, long length) {
        promises.end(id);
        long there = size(id);
        disk.require(length - there);
        promises.give(id, length, there);
    }

    /** Promises that room again after a restart, as it was given and without a question. */
    public void promiseAgain(long id, long length, Instant movedAt) {
        promises.give(id, length, size(id), movedAt);
    }

    /** Whether room is promised to a file: it has moved within the last hour. */
    public boolean isPromised(long id) {
        return promises.holds(id);
    }

    /**
     * Refuses a piece that there is no room for; a file that had lost its promise needs room for all of its rest.
     *
     * @param length of the file
     * @param bytes of the piece; negative where that is not known
     * @throws Problem {@code storage_full}
     */
    public void expect(long id, long length, long bytes) {
        if (isPromised(id)) {
            disk.requirePromised(Math.max(bytes, 0));
        } else {
            promise(id, length);
        }
    }

    /** How many bytes have come; 0 when there is no file. */
    public long size(long id) {
        try {
            BasicFileAttributes found =
                    Files.readAttributes(path(id), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return found.isRegularFile() ? found.size() : 0;
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw Problem.unavailable("The file cannot be read from the server's disk.", e);
        }
    }

    /**
     * Adds what comes to the end of a file, durably. What came before a connection broke or a disk was full stays as
     * well, unless it could not be held against its checksum.
     *
     * @param offset how much is there, in bytes
     * @param room how much may come at most
     * @param unwanted asked now and then whether to stop
     * @throws Problem {@code malformed} for a piece that broke off, {@code storage_full} or {@code unavailable}; or, and
     *     then nothing of it stays, {@code checksum_mismatch}, or {@code too_large} for more than {@code room}
     */
    public void append(
            long id, long offset, long room, InputStream in, Optional<Checksum> checksum, BooleanSupplier unwanted) {
        try (FileChannel channel = PrivateFiles.open(path(id))) {
            if (offset == 0) {
                PrivateFiles.syncFolder(folder);
            }
            Optional<RunningHash> hash = hash(id, offset);
            Piece piece = new Piece(channel, disk, offset, hash, checksum);
            try {
                piece.receive(in, room, unwanted, there -> promises.moved(id, there));
            } finally {
                promises.moved(id, channel.size());
            }
            hash.ifPresent(known -> hashes.put(id, known));
            piece.broken().ifPresent(Pieces::rethrow);
        } catch (IOException e) {
            throw disk.writeFailed(e);
        }
    }

    private static void rethrow(Problem problem) {
        throw problem;
    }

    /** The hash of the first bytes, to be continued; empty where only a look at the file would tell. */
    private Optional<RunningHash> hash(long id, long bytes) {
        return bytes == 0
                ? Optional.of(new RunningHash())
                : Optional.ofNullable(hashes.get(id))
                        .filter(known -> known.position() == bytes)
                        .map(RunningHash::copy);
    }

    /** The file as one to be kept by {@link Blobs#keep}; when it is closed and was not kept, it stays as it is. */
    public IncomingBlob whole(long id) {
        try {
            FileChannel channel = PrivateFiles.open(path(id));
            try {
                long size = channel.size();
                byte[] sha256 = sha256(channel, hash(id, size).orElseGet(RunningHash::new));
                Temporary file = Temporary.lasting(path(id), channel);
                return new IncomingBlob(file, Map.of("SHA-256", sha256), size, head(channel));
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw Problem.unavailable("The file cannot be read from the server's disk.", e);
        }
    }

    private static byte[] sha256(FileChannel channel, RunningHash hash) throws IOException {
        byte[] buffer = new byte[Piece.BUFFER_BYTES];
        for (int read = channel.read(ByteBuffer.wrap(buffer), hash.position());
                read > 0;
                read = channel.read(ByteBuffer.wrap(buffer), hash.position())) {
            hash.update(buffer, read);
        }
        return hash.finish();
    }

    private static byte[] head(FileChannel channel) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(Receiver.HEAD_BYTES);
        while (head.hasRemaining() && channel.read(head, head.position()) > 0) {
            // a read may bring less than there is
        }
        return Arrays.copyOf(head.array(), head.position());
    }

    /** Removes what has come; what cannot be removed now, the sweep removes later. */
    public void remove(long id) {
        hashes.remove(id);
        promises.end(id);
        try {
            Files.deleteIfExists(path(id));
        } catch (IOException e) {
            LOG.warn("The rest of an upload stays until the next sweep", e);
        }
    }

    /** Removes every file that nobody waits for. @return how many it were */
    public int sweep(LongPredicate awaited) {
        int removed = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches() && !awaited.test(Long.parseLong(name.group(1)))) {
                    remove(Long.parseLong(name.group(1)));
                    removed++;
                }
            }
        } catch (IOException e) {
            throw Problem.unavailable("The folder " + folder + " cannot be swept", e);
        }
        return removed;
    }

    private Path path(long id) {
        return folder.resolve("upload-" + id);
    }
}
