package dev.latchkey.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lets the shell complete commands and options. */
@Command(
        name = "completion",
        description = {"Prints a script by which bash and zsh complete commands:", "source <(latchkey completion)"},
        mixinStandardHelpOptions = true)
final class CompletionCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().getOut().print(AutoComplete.bash("latchkey", Main.whole()));
        spec.commandLine().getOut().flush();
    }
}
