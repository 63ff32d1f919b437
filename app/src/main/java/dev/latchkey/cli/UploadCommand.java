package dev.latchkey.cli;

import dev.latchkey.cli.Uploader.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts files and whole folders into the library. */
@Command(
        name = "upload",
        description = {
            "Uploads files, and folders with all that is in them.",
            "What the library has already is not sent again, so an upload that was interrupted is resumed by repeating it; "
                    + "files of 16 MiB and more go on where they were."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:everything is in the library", "1:something could not be uploaded", "2:wrong usage"})
final class UploadCommand extends RemoteCommand {
    @Parameters(arity = "1..*", paramLabel = "FILE|DIR", description = "What to upload.")
    private List<Path> sources;

    @Option(
            names = {"-j", "--jobs"},
            paramLabel = "N",
            defaultValue = "4",
            description = "How many files at a time, 1 to 16 (default: ${DEFAULT-VALUE}).")
    private int jobs;

    @Option(names = "--hidden", description = "Also uploads files and folders whose names begin with a dot.")
    private boolean hidden;

    @Option(
            names = {"-q", "--quiet"},
            description = "Shows no progress.")
    private boolean quiet;

    @Override
    public Integer call() throws IOException {
        if (jobs < 1 || jobs > 16) {
            throw usage("--jobs must be 1 to 16");
        }
        SourceFiles files = new SourceFiles(hidden);
        for (Path source : sources) {
            files.add(source);
        }
        connection(); // the warning comes before the progress
        List<Outcome> outcomes = new ArrayList<>(files.failures());
        try (Progress progress = Progress.show(
                "Uploading", totalSize(files.files()), !quiet && !printer().isJson())) {
            outcomes.addAll(new Uploader(connection(), jobs, progress).run(files.files()));
        }
        return report(outcomes);
    }

    private static long totalSize(List<Path> files) {
        return files.stream().mapToLong(file -> file.toFile().length()).sum();
    }

    private int report(List<Outcome> outcomes) {
        List<Outcome> failed = outcomes.stream().filter(Outcome::failed).toList();
        failed.forEach(outcome -> err("latchkey: " + outcome.file() + ": " + outcome.reason()));
        if (printer().isJson()) {
            printer().json(outcomes);
        } else {
            printer().line(summary(outcomes, failed.size()));
        }
        return failed.isEmpty() ? 0 : 1;
    }

    private static String summary(List<Outcome> outcomes, int failed) {
        List<String> parts = new ArrayList<>();
        for (String status : List.of("stored", "duplicate", "restored")) {
            long count = outcomes.stream()
                    .filter(outcome -> outcome.status().equals(status))
                    .count();
            if (count > 0 || status.equals("stored")) {
                parts.add(String.format(Locale.ROOT, "%d %s", count, status));
            }
        }
        parts.add(failed + " failed");
        return String.join(", ", parts);
    }
}
