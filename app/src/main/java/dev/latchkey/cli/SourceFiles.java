package dev.latchkey.cli;

import dev.latchkey.cli.Uploader.Outcome;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/** The files of an upload: those that were named, and all that is in the folders that were. */
final class SourceFiles extends SimpleFileVisitor<Path> {
    private final boolean hidden;
    private final List<Path> files = new ArrayList<>();
    private final List<Outcome> failures = new ArrayList<>();
    private Path root;

    /** @param hidden whether folders are also searched for what begins with a dot */
    SourceFiles(boolean hidden) {
        this.hidden = hidden;
    }

    void add(Path source) throws IOException {
        if (Files.isDirectory(source)) {
            root = source;
            int before = files.size();
            Files.walkFileTree(source, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, this);
            files.subList(before, files.size()).sort(null);
        } else if (Files.isRegularFile(source)) {
            files.add(source);
        } else {
            failures.add(Outcome.failed(source, "there is no such file or folder"));
        }
    }

    List<Path> files() {
        return files;
    }

    /** What was named or found and cannot be read. */
    List<Outcome> failures() {
        return failures;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        return isWanted(folder) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (isWanted(file) && attributes.isRegularFile()) {
            files.add(file);
        } else if (isWanted(file) && attributes.isSymbolicLink()) {
            failures.add(Outcome.failed(file, "it is a link that leads nowhere"));
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
        if (isWanted(file) && !(e instanceof FileSystemLoopException)) { // a way back to what is visited anyway
            failures.add(Outcome.failed(file, "it cannot be read: " + Failures.reason(e)));
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException e) {
        return e == null ? FileVisitResult.CONTINUE : visitFileFailed(folder, e);
    }

    private boolean isWanted(Path path) {
        return hidden || path.equals(root) || !path.getFileName().toString().startsWith(".");
    }
}
