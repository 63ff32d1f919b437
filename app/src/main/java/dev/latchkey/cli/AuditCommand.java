package dev.latchkey.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The audit log, for admins. */
@Command(name = "audit", description = "Lists who did what, newest first; for admins.", mixinStandardHelpOptions = true)
final class AuditCommand extends RemoteCommand {
    @Mixin
    private ListOptions list = new ListOptions();

    @Option(names = "--user", paramLabel = "USER", description = "Only what this person did: a username or an id.")
    private String user;

    @Option(names = "--action", paramLabel = "ACTION", description = "Only this, such as session.login_failed.")
    private String action;

    @Option(names = "--since", paramLabel = "TIME", description = "Then or later: 2026-11-20T00:00:00Z.")
    private String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Before then.")
    private String until;

    @Override
    public Integer call() {
        Map<String, Object> filters = new LinkedHashMap<>();
        filters.put("actor_id", user == null ? null : People.id(connection(), user));
        filters.put("action", action);
        filters.put("since", since);
        filters.put("until", until);
        printer()
                .table(
                        list.fetch(connection(), "/api/audit", filters),
                        "at",
                        "actor/username",
                        "action",
                        "target/type",
                        "target/id",
                        "ip",
                        "count",
                        "detail");
        return 0;
    }
}
