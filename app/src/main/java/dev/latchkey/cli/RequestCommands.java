package dev.latchkey.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Requests to join, for managers. */
@Command(
        name = "requests",
        description = "Lists requests to join, and decides about them; for managers.",
        mixinStandardHelpOptions = true,
        subcommands = {RequestCommands.Approve.class, RequestCommands.Reject.class})
final class RequestCommands extends RemoteCommand {
    @Mixin
    private ListOptions list = new ListOptions();

    @Option(
            names = "--status",
            defaultValue = "pending",
            description = "pending, approved, rejected or any (default: ${DEFAULT-VALUE}).")
    private String status;

    @Override
    public Integer call() {
        Map<String, Object> filters = new LinkedHashMap<>();
        filters.put("status", "any".equals(status) ? null : status);
        printer()
                .table(
                        list.fetch(connection(), "/api/auth/join-requests", filters),
                        "id",
                        "username",
                        "display_name",
                        "email",
                        "status",
                        "created_at");
        return 0;
    }

    @Command(name = "approve", description = "Lets people in.", mixinStandardHelpOptions = true)
    static final class Approve extends EachCommand {
        Approve() {
            super("POST", "/api/auth/join-requests/%d/approve", "Approved %d.");
        }
    }

    @Command(
            name = "reject",
            description = "Turns people down; their names are free again.",
            mixinStandardHelpOptions = true)
    static final class Reject extends EachCommand {
        Reject() {
            super("POST", "/api/auth/join-requests/%d/reject", "Rejected %d.");
        }
    }
}
