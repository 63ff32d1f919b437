package dev.latchkey.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option that names the configuration file, shared by the commands that read it. */
final class ConfigFile {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration file; without it ./config.properties, where that exists.")
    private Path path;

    Optional<Path> path() {
        return Optional.ofNullable(path);
    }
}
