package dev.latchkey.blob;

import dev.latchkey.error.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Walks folders for files that nobody has written to for a day. */
final class Sweep {
    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);
    private static final Duration AGE = Duration.ofDays(1);

    private final Instant before;

    Sweep(Instant now) {
        this.before = now.minus(AGE);
    }

    /** What to do with an old file; says whether it removed it. */
    interface Removal {
        boolean remove(Path file) throws IOException;
    }

    /** Removes the old files of one folder whose names fit; one that cannot be removed stops no other. */
    int old(Path folder, Predicate<String> name, Removal removal) {
        int removed = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (name.test(file.getFileName().toString()) && isOld(file) && remove(file, removal)) {
                    removed++;
                }
            }
        } catch (IOException e) {
            throw Problem.unavailable("The folder " + folder + " cannot be swept", e);
        }
        return removed;
    }

    boolean isOld(Path file) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(before);
        } catch (NoSuchFileException e) {
            return false; // an upload or a deletion was faster
        }
    }

    private static boolean remove(Path file, Removal removal) {
        try {
            return removal.remove(file);
        } catch (IOException | Problem e) {
            LOG.warn("The sweep could not remove a file", e);
            return false;
        }
    }
}
