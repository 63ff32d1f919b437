package dev.latchkey.blob;

import dev.latchkey.error.Problem;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** Watches the room on the disk, and says what a failed write means. */
final class DiskSpace {
    private static final long NEARLY_NOTHING = 1 << 20;

    private final FileStore store;
    private final long reserveBytes;
    private final LongSupplier promised;

    DiskSpace(Path folder, long reserveBytes) throws IOException {
        this(folder, reserveBytes, () -> 0);
    }

    /** @param promised how many bytes are to stay free for who was told so */
    DiskSpace(Path folder, long reserveBytes, LongSupplier promised) throws IOException {
        this.store = Files.getFileStore(folder);
        this.reserveBytes = reserveBytes;
        this.promised = promised;
    }

    /** @throws Problem {@code storage_full} when {@code bytes} more would touch the reserve, or what was promised */
    void require(long bytes) {
        if (usable() - reserveBytes - promised.getAsLong() < bytes) {
            throw Problem.storageFull(null);
        }
    }

    /** As {@link #require}, for one of those to whom room was promised: only the reserve counts. */
    void requirePromised(long bytes) {
        if (usable() - reserveBytes < bytes) {
            throw Problem.storageFull(null);
        }
    }

    /** The bytes that this process may still write. */
    long usable() {
        try {
            return store.getUsableSpace();
        } catch (IOException e) {
            throw Problem.unavailable("The server's disk does not answer.", e);
        }
    }

    /** No room (disk, quota or file-size limit) is {@code storage_full}; every other failed write may pass. */
    Problem writeFailed(IOException e) {
        return isFull(e)
                ? Problem.storageFull(e)
                : Problem.unavailable("The server could not write the file to its disk.", e);
    }

    /** The errors ENOSPC, EDQUOT and EFBIG by their text; where that is in another language, the room left tells. */
    private boolean isFull(IOException e) {
        String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        return Stream.of("no space left", "quota exceeded", "file too large").anyMatch(text::contains)
                || usable() < NEARLY_NOTHING;
    }
}
