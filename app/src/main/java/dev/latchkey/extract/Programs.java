package dev.latchkey.extract;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The programs of this machine that reading takes, as far as they are installed. */
record Programs(Optional<Path> ffmpeg, Optional<Path> ffprobe, Optional<Path> nice) {
    private static final Pattern VERSION = Pattern.compile("^ffmpeg version n?([0-9]{1,3})\\.");

    /** @param path folders as in the variable {@code PATH}; relative ones are left out */
    static Programs on(String path) {
        Optional<Path> ffmpeg = find(path, "ffmpeg");
        Optional<Path> ffprobe = find(path, "ffprobe");
        boolean both = ffmpeg.isPresent() && ffprobe.isPresent();
        return new Programs(both ? ffmpeg : Optional.empty(), both ? ffprobe : Optional.empty(), find(path, "nice"));
    }

    /** The main version of ffmpeg; the newest where it does not tell. */
    int version() {
        try {
            byte[] told = Program.run(List.of(ffmpeg.orElseThrow().toString(), "-version"), 64 * 1024);
            Matcher version = VERSION.matcher(new String(told, StandardCharsets.UTF_8));
            return version.find() ? Integer.parseInt(version.group(1)) : Integer.MAX_VALUE;
        } catch (IOException e) {
            return Integer.MAX_VALUE;
        }
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
