package dev.latchkey.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The one entry point: without a command it serves. */
@Command(
        name = "latchkey",
        description = "A private library for a household or a small team.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            ServeCommand.class,
            LoginCommand.class,
            LogoutCommand.class,
            WhoamiCommand.class,
            UploadCommand.class,
            MediaCommands.Ls.class,
            GetCommand.class,
            MediaCommands.Rm.class,
            MediaCommands.Trash.class,
            MediaCommands.Search.class,
            UserCommands.class,
            InviteCommands.class,
            RequestCommands.class,
            SessionCommands.class,
            AuditCommand.class,
            ConfigCommand.class,
            RehearseCommand.class
        },
        footer = {"", "Exit codes: 0 done, 1 failed, 2 wrong usage."})
public final class Main implements Runnable {
    public static void main(String[] arguments) {
        int exitCode = commandLine().execute(arguments);
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main()).setExecutionExceptionHandler((e, line, result) -> Failures.report(e, line));
    }

    @Override
    public void run() {
        new ServeCommand().run();
    }
}
