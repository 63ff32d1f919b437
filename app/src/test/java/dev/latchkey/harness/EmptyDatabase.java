package dev.latchkey.harness;

import dev.latchkey.db.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A database of the newest schema without rows, made once: to migrate one for each test takes most of its time. */
public final class EmptyDatabase {
    private static final Path TEMPLATE = make();

    private EmptyDatabase() {}

    private static Path make() {
        try {
            Path file = Files.createTempDirectory("latchkey-template").resolve("latchkey.db");
            file.getParent().toFile().deleteOnExit(); // the last one named goes first
            Database.open(file).close();
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts one at {@code file} unless there is one, and returns {@code file}. */
    public static Path at(Path file) {
        try {
            return Files.exists(file) ? file : Files.copy(TEMPLATE, file, StandardCopyOption.COPY_ATTRIBUTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
