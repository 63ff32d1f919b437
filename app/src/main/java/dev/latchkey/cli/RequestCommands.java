package dev.latchkey.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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

    /** A decision about some requests. */
    abstract static class Decision extends RemoteCommand {
        @Parameters(arity = "1..*", paramLabel = "ID", description = "The ids, as requests prints them.")
        private List<Long> ids;

        final int decide(String decision, String done) {
            return each(ids, id -> {
                connection().call("POST", "/api/auth/join-requests/" + id + "/" + decision, Map.of());
                err(done + " " + id + ".");
            });
        }
    }

    @Command(name = "approve", description = "Lets people in.", mixinStandardHelpOptions = true)
    static final class Approve extends Decision {
        @Override
        public Integer call() {
            return decide("approve", "Approved");
        }
    }

    @Command(
            name = "reject",
            description = "Turns people down; their names are free again.",
            mixinStandardHelpOptions = true)
    static final class Reject extends Decision {
        @Override
        public Integer call() {
            return decide("reject", "Rejected");
        }
    }
}
