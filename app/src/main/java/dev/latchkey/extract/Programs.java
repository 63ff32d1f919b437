package dev.latchkey.extract;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/** The programs of this machine that reading takes, as far as they are installed. */
record Programs(Optional<Path> ffmpeg, Optional<Path> ffprobe, Optional<Path> nice) {
    /** @param path folders as in the variable {@code PATH}; relative ones are left out */
    static Programs on(String path) {
        Optional<Path> ffmpeg = find(path, "ffmpeg");
        Optional<Path> ffprobe = find(path, "ffprobe");
        boolean both = ffmpeg.isPresent() && ffprobe.isPresent();
        return new Programs(both ? ffmpeg : Optional.empty(), both ? ffprobe : Optional.empty(), find(path, "nice"));
    }

    private static Optional<Path> find(String path, String name) {
        return Arrays.stream(Objects.requireNonNullElse(path, "").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder).resolve(name))
                .filter(Path::isAbsolute)
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }
}
