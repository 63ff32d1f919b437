package dev.latchkey.blob;

import dev.latchkey.crypto.PrivateFiles;
import dev.latchkey.error.Problem;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Small pictures of the files in {@link Blobs}, in {@code thumbnails/ab/cdef…-256.jpg}. They can be made again from those
 * files at any time: nothing is lost when one is missing, and one too many is swept away.
 */
public final class ThumbnailFiles {
    /** The sizes there are, in pixels of the longer side. */
    public static final List<Integer> SIZES = List.of(256, 1024);

    private static final Logger LOG = LoggerFactory.getLogger(ThumbnailFiles.class);
    /** More than the two of one file ever take. */
    private static final long ROOM_BYTES = 16 << 20;

    private static final Map<String, String> TYPES = Map.of("jpg", "image/jpeg", "png", "image/png");

    private final Path folder;
    private final Path temporary;
    private final DiskSpace disk;
    private final BlobReferences references;
    private final Clock clock;

    /** A small picture that was opened, to be closed by whoever asked. */
    public record Picture(FileChannel bytes, long size, String mediaType) {}

    /** Where the small pictures of one file are written to; gone when closed unless they were kept. */
    public record Drafts(Path small, Path large) implements AutoCloseable {
        @Override
        public void close() {
            try {
                Files.deleteIfExists(small);
                Files.deleteIfExists(large);
            } catch (IOException e) {
                LOG.warn("A temporary file stays until the next sweep", e);
            }
        }
    }

    /**
     * @param folder where they stay
     * @param temporary where they are made; on the same file system
     * @param reserveBytes how much of the disk is never used for them
     * @throws Problem when the folders cannot be used
     */
    public ThumbnailFiles(Path folder, Path temporary, long reserveBytes, BlobReferences references, Clock clock) {
        this.folder = folder;
        this.temporary = temporary;
        this.references = references;
        this.clock = clock;
        try {
            PrivateFiles.folder(folder);
            this.disk = new DiskSpace(temporary, reserveBytes);
        } catch (IOException e) {
            throw Problem.unavailable("The folder for thumbnails " + folder + " cannot be used: " + e, e);
        }
    }

    /** @throws Problem {@code storage_full} when new ones would touch the reserve of the disk */
    public void requireRoom() {
        disk.require(ROOM_BYTES);
    }

    /** Names for two new files, which the sweep of {@link Blobs} removes if nobody else does. */
    public Drafts drafts() {
        String name = "thumbnail-" + UUID.randomUUID();
        return new Drafts(temporary.resolve(name + "-256.part"), temporary.resolve(name + "-1024.part"));
    }

    /**
     * Puts both in their place.
     *
     * @param suffix {@code jpg} or {@code png}
     * @throws Problem {@code storage_full}, or {@code unavailable} when the disk fails
     */
    public void keep(String sha256, Drafts drafts, String suffix) {
        try {
            PrivateFiles.folder(folder.resolve(sha256.substring(0, 2)));
            place(drafts.large(), path(sha256, 1024, suffix));
            place(drafts.small(), path(sha256, 256, suffix));
        } catch (IOException e) {
            throw disk.writeFailed(e);
        }
    }

    /** Synced first: after a power cut there is a whole one, or none, which is made again. */
    private static void place(Path draft, Path target) throws IOException {
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** One of {@link #SIZES}; empty when there is none of that file. */
    public Optional<Picture> open(String sha256, int size) {
        return open(path(sha256, size, "jpg"), "jpg").or(() -> open(path(sha256, size, "png"), "png"));
    }

    private static Optional<Picture> open(Path file, String suffix) {
        try {
            FileChannel bytes = FileChannel.open(file, StandardOpenOption.READ);
            return Optional.of(new Picture(bytes, bytes.size(), TYPES.get(suffix)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw Problem.unavailable("The file cannot be read from the server's disk.", e);
        }
    }

    /** Removes those of a file that nothing names any more; call it after the commit that took its name away. */
    public void delete(String sha256) {
        try {
            removeUnlessReferenced(sha256);
        } catch (IOException e) {
            LOG.warn("Thumbnails of a deleted file stay until the next sweep", e);
        }
    }

    private boolean removeUnlessReferenced(String sha256) throws IOException {
        if (references.isReferenced(sha256)) {
            return false;
        }
        boolean removed = false;
        for (int size : SIZES) {
            for (String suffix : TYPES.keySet()) {
                removed |= Files.deleteIfExists(path(sha256, size, suffix));
            }
        }
        return removed;
    }

    /**
     * Removes those whose files are gone for more than a day.
     *
     * @return of how many files
     */
    public int sweep() {
        Sweep sweep = new Sweep(clock.instant());
        int files = 0;
        try (Stream<Path> parts = Files.list(folder)) {
            for (Path part : (Iterable<Path>) parts::iterator) {
                String prefix = part.getFileName().toString();
                files += sweep.old(
                        part,
                        name -> name.matches("[0-9a-f]{62}-(256|1024)\\.(jpg|png)"),
                        file -> removeUnlessReferenced(
                                prefix + file.getFileName().toString().substring(0, 62)));
            }
        } catch (IOException e) {
            throw Problem.unavailable("The folder " + folder + " cannot be swept", e);
        }
        return files;
    }

    private Path path(String sha256, int size, String suffix) {
        return folder.resolve(sha256.substring(0, 2)).resolve(sha256.substring(2) + "-" + size + "." + suffix);
    }
}
