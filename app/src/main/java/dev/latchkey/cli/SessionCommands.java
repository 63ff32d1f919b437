package dev.latchkey.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** One's own sign-ins. */
@Command(
        name = "sessions",
        description = "Lists where you are signed in, and ends sign-ins.",
        mixinStandardHelpOptions = true,
        subcommands = {SessionCommands.End.class, SessionCommands.EndOthers.class})
final class SessionCommands extends RemoteCommand {
    @Mixin
    private ListOptions list = new ListOptions();

    @Override
    public Integer call() {
        printer()
                .table(
                        list.fetch(connection(), "/api/auth/sessions", Map.of()),
                        "id",
                        "kind",
                        "device_name",
                        "ip",
                        "last_used_at",
                        "expires_at",
                        "current");
        return 0;
    }

    @Command(name = "end", description = "Ends some of your sign-ins.", mixinStandardHelpOptions = true)
    static final class End extends EachCommand {
        End() {
            super("DELETE", "/api/auth/sessions/%d", "Ended %d.");
        }
    }

    @Command(
            name = "end-others",
            description = "Ends all of your sign-ins but this one.",
            mixinStandardHelpOptions = true)
    static final class EndOthers extends RemoteCommand {
        @Override
        public Integer call() {
            connection().call("DELETE", "/api/auth/sessions", null);
            err("Ended all other sign-ins.");
            return 0;
        }
    }
}
