package dev.latchkey.blob;

import dev.latchkey.config.Config;
import dev.latchkey.crypto.PrivateFiles;
import dev.latchkey.error.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files by their SHA-256, each once, in {@code blobs/ab/cdef…}. A file is durable before the row that names it is
 * committed, and a row is gone before its file is: a row without a file is never seen.
 */
public final class Blobs {
    private static final Logger LOG = LoggerFactory.getLogger(Blobs.class);

    private final Path folder;
    private final Path temporary;
    private final DiskSpace disk;
    private final Receiver receiver;
    private final Pieces pieces;
    private final BlobReferences references;
    private final Clock clock;
    private final HashLocks locks = new HashLocks();

    /**
     * @param folder where files stay
     * @param temporary where they arrive; on the same file system
     * @throws Problem when the folders cannot be used
     */
    public Blobs(Path folder, Path temporary, Config.Storage limits, BlobReferences references, Clock clock) {
        this.folder = folder;
        this.temporary = temporary;
        this.references = references;
        this.clock = clock;
        Promises promises = new Promises(clock);
        try {
            this.disk = new DiskSpace(temporary, limits.reserveBytes(), promises::bytes);
            makeFolders(folder);
        } catch (IOException e) {
            throw Problem.unavailable("The folder for files " + folder + " cannot be used: " + e, e);
        }
        this.receiver = new Receiver(temporary, disk, limits.uploadMaxBytes());
        this.pieces = new Pieces(temporary, disk, promises, limits.uploadMaxBytes());
    }

    /** All at once and durably, so that no upload ever has to make one. */
    private static void makeFolders(Path folder) throws IOException {
        for (int i = 0; i < 256; i++) {
            Path part = folder.resolve(String.format("%02x", i));
            if (!Files.isDirectory(part)) {
                Files.createDirectories(part);
            }
        }
        PrivateFiles.syncFolder(folder);
    }

    /** Files that arrive in pieces; one that is whole is kept as any other. */
    public Pieces pieces() {
        return pieces;
    }

    /** The room that is left on the disk, the reserve included. @throws Problem when the disk does not answer */
    public long freeBytes() {
        return disk.usable();
    }

    /** Refuses a file of a known length before it is read. @throws Problem {@code too_large}, {@code storage_full} */
    public void expect(long bytes) {
        receiver.expect(bytes);
    }

    /**
     * Takes in a file to its end; the caller closes the result, which removes it unless it was kept.
     *
     * @param algorithms further digests to compute, as the Java platform names them
     * @throws Problem {@code malformed} when the sender stops early, {@code too_large}, {@code storage_full}, or
     *     {@code unavailable} when the disk fails; nothing is left behind then
     */
    public IncomingBlob receive(InputStream in, Set<String> algorithms) {
        return receiver.receive(in, algorithms);
    }

    /**
     * Puts the file in its place, durably, and then commits what names it. Nobody removes or keeps the same bytes in
     * the meantime. When {@code commit} refuses, the file goes again, unless something named it before.
     */
    public <T> T keep(IncomingBlob blob, Supplier<T> commit) {
        Path target = path(blob.sha256());
        ReentrantLock lock = locks.of(blob.sha256());
        try {
            if (!isWhole(target, blob.size())) {
                blob.sync(); // before the lock: it may take long
            }
            lock.lock();
            try {
                place(blob, target);
                return commitOrRemove(blob.sha256(), commit);
            } finally {
                lock.unlock();
            }
        } catch (IOException e) {
            throw disk.writeFailed(e);
        }
    }

    /** No file is empty. {@code Files.size} would make an exception, with its stack, for each that is new. */
    private static boolean isWhole(Path target, long size) {
        return target.toFile().length() == size;
    }

    /** A file that is there already may have come by a crashed attempt: its folder is synced all the same. */
    private static void place(IncomingBlob blob, Path target) throws IOException {
        if (!isWhole(target, blob.size())) {
            blob.sync();
            blob.moveTo(target);
        }
        PrivateFiles.syncFolder(target.getParent());
    }

    private <T> T commitOrRemove(String sha256, Supplier<T> commit) {
        try {
            return commit.get();
        } catch (Problem e) {
            if (certainlyUndone(e)) {
                removeAfter(e, sha256);
            }
            throw e;
        }
    }

    /**
     * A commit whose sync failed may be whole in the log all the same and come back with the next start, and then its
     * row needs the file: the sweep decides later. A refusal, or a log that found no room, never comes back.
     */
    private static boolean certainlyUndone(Problem e) {
        return e.getCause() == null || e.kind() == Problem.Kind.STORAGE_FULL;
    }

    private void removeAfter(Problem failure, String sha256) {
        try {
            removeUnlessReferenced(sha256);
        } catch (IOException | RuntimeException second) {
            failure.addSuppressed(second); // the sweep tries again
        }
    }

    /** The bytes, to be closed by the caller; empty when there is no such file. */
    public Optional<FileChannel> open(String sha256) {
        try {
            return Optional.of(FileChannel.open(path(sha256), StandardOpenOption.READ));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw Problem.unavailable("The file cannot be read from the server's disk.", e);
        }
    }

    /**
     * Removes a file unless something names it, again or still. Call it after the commit that took its name away; what
     * cannot be removed now, the sweep removes later.
     */
    public void delete(String sha256) {
        try {
            locked(sha256, () -> removeUnlessReferenced(sha256));
        } catch (Problem e) {
            LOG.warn("A deleted file stays until the next sweep", e);
        }
    }

    private boolean removeUnlessReferenced(String sha256) throws IOException {
        return !references.isReferenced(sha256) && Files.deleteIfExists(path(sha256));
    }

    /**
     * Removes what interrupted uploads and deletions left more than a day ago; safe beside uploads of the same bytes.
     *
     * @return how many files it removed
     */
    public int sweep() {
        Sweep sweep = new Sweep(clock.instant());
        int files = sweep.old(
                temporary,
                name -> name.endsWith(".part"),
                file -> !receiver.isArriving(file) && Files.deleteIfExists(file));
        for (int i = 0; i < 256; i++) {
            String prefix = String.format("%02x", i);
            files += sweep.old(
                    folder.resolve(prefix),
                    name -> name.matches("[0-9a-f]{62}"),
                    file -> locked(
                            prefix + file.getFileName(),
                            () -> sweep.isOld(file) && removeUnlessReferenced(prefix + file.getFileName())));
        }
        return files;
    }

    private boolean locked(String sha256, FileTask task) {
        ReentrantLock lock = locks.of(sha256);
        lock.lock();
        try {
            return task.run();
        } catch (IOException e) {
            throw Problem.unavailable("A file could not be removed from the server's disk.", e);
        } finally {
            lock.unlock();
        }
    }

    /** Where the file with this hash lies, for a program that reads it; it may be gone at any time. */
    public Path path(String sha256) {
        return folder.resolve(sha256.substring(0, 2)).resolve(sha256.substring(2));
    }

    private interface FileTask {
        boolean run() throws IOException;
    }
}
