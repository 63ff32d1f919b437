package dev.latchkey.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The one entry point: without a command it serves. */
@Command(
        name = "latchkey",
        description = "A private library for a household or a small team.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {"", "Exit codes: 0 done, 1 failed, 2 wrong usage."})
public final class Main implements Runnable {
    private static final List<String> COMMANDS = List.of(
            "serve",
            "login",
            "logout",
            "whoami",
            "upload",
            "ls",
            "get",
            "rm",
            "trash",
            "search",
            "users",
            "invites",
            "requests",
            "sessions",
            "tokens",
            "codes",
            "audit",
            "reset-password",
            "reset-second-factor",
            "make-admin",
            "config",
            "completion",
            "rehearse");

    private final Map<String, String> environment;

    private Main(Map<String, String> environment) {
        this.environment = environment;
    }

    /** The variables of the shell that called. */
    Map<String, String> environment() {
        return environment;
    }

    public static void main(String[] arguments) {
        System.setProperty("jdk.console", "java.base"); // from Java 22 on, another one claims to be a terminal always
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int exitCode = isServe(arguments)
                ? serve(err)
                : commandLine(System.getenv(), arguments)
                        .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                        .setErr(err)
                        .execute(arguments);
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }

    private static boolean isServe(String... arguments) {
        return arguments.length == 0 || arguments.length == 1 && arguments[0].equals("serve");
    }

    /** The server without options, as it is nearly always started: picocli would take a tenth of the start. */
    private static int serve(PrintWriter err) {
        try {
            new ServeCommand().run();
            return 0;
        } catch (RuntimeException e) {
            return Failures.report(e, false, err);
        }
    }

    /** What these arguments need: picocli takes its time to look at a command, so the others are left out. */
    static CommandLine commandLine(Map<String, String> environment, String... arguments) {
        boolean one = arguments.length > 0 && COMMANDS.contains(arguments[0]);
        return commandLine(environment, one ? List.of(arguments[0]) : COMMANDS);
    }

    /** With every command, for help and completion. */
    static CommandLine whole() {
        return commandLine(Map.of(), COMMANDS);
    }

    private static CommandLine commandLine(Map<String, String> environment, List<String> commands) {
        CommandLine line = new CommandLine(new Main(environment));
        commands.forEach(name -> line.addSubcommand(command(name)));
        return line.setExpandAtFiles(false) // a file's name may begin with @
                .setExecutionExceptionHandler((e, failed, result) ->
                        Failures.report(e, failed.getCommand() instanceof RemoteCommand, failed.getErr()));
    }

    private static Class<?> command(String name) {
        return switch (name) {
            case "serve" -> ServeCommand.class;
            case "login" -> LoginCommand.class;
            case "logout" -> LogoutCommand.class;
            case "whoami" -> WhoamiCommand.class;
            case "upload" -> UploadCommand.class;
            case "ls" -> MediaCommands.Ls.class;
            case "get" -> GetCommand.class;
            case "rm" -> MediaCommands.Rm.class;
            case "trash" -> MediaCommands.Trash.class;
            case "search" -> MediaCommands.Search.class;
            case "users" -> UserCommands.class;
            case "invites" -> InviteCommands.class;
            case "requests" -> RequestCommands.class;
            case "sessions" -> SessionCommands.class;
            case "tokens" -> TokenCommands.class;
            case "codes" -> CodeCommands.class;
            case "audit" -> AuditCommand.class;
            case "reset-password" -> RescueCommands.ResetPassword.class;
            case "reset-second-factor" -> RescueCommands.ResetSecondFactor.class;
            case "make-admin" -> RescueCommands.MakeAdmin.class;
            case "config" -> ConfigCommand.class;
            case "completion" -> CompletionCommand.class;
            case "rehearse" -> RehearseCommand.class;
            default -> throw new IllegalArgumentException(name);
        };
    }

    @Override
    public void run() {
        new ServeCommand().run();
    }
}
