package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Holds docs/command-line.md to what the commands say about themselves. */
class CommandReferenceTest {
    private static final String PREFACE = """
            # The command line

            `latchkey` stands for `java -jar latchkey.jar`: the command line is the same jar as the server. Data goes to the
            standard output, words go to the standard error, and `--json` prints data as the server sent it, in UTF-8. The
            exit code is 0 when all is done, 1 when something failed, and 2 for wrong usage.

            | variable | |
            |---|---|
            | `LATCHKEY_SERVER` | The server to talk to; `--server` wins over it. Without both: that of the last sign-in. |
            | `LATCHKEY_TOKEN` | A token to use instead of a stored sign-in. |
            | `NO_COLOR` | Anything in it: no colours. |
            | `HOME` | A sign-in is kept below it, in `.config/latchkey`, in files that only you can read. |

            Names of files outside of ASCII need a locale that knows them: in cron, `LC_ALL=C.UTF-8`. Names that begin with a
            dash go behind `--`. An upload that was interrupted is resumed by repeating it.
            `source <(latchkey completion)` completes commands and options in bash and zsh.
            """;

    @Test
    void the_reference_says_what_help_says() throws IOException {
        StringBuilder reference = new StringBuilder(PREFACE);
        append(reference, Main.whole());
        Path generated = Path.of("target", "command-line.md");
        Files.createDirectories(generated.getParent());
        Files.writeString(generated, reference);
        assertThat(Path.of("docs", "command-line.md"))
                .as("docs/command-line.md is out of date: copy target/command-line.md over it")
                .hasContent(reference.toString());
    }

    private static void append(StringBuilder reference, CommandLine command) {
        if (command.getCommandSpec().usageMessage().hidden()) {
            return;
        }
        String usage = command.setUsageHelpWidth(100).getUsageMessage(Ansi.OFF).strip();
        reference
                .append("\n## ")
                .append(command.getCommandSpec().qualifiedName())
                .append("\n```text\n")
                .append(usage.lines()
                        .map(String::stripTrailing)
                        .reduce((a, b) -> a + "\n" + b)
                        .orElse(""))
                .append("\n```\n");
        command.getSubcommands().values().forEach(subcommand -> append(reference, subcommand));
    }
}
