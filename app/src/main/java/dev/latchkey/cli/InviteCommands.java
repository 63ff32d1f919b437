package dev.latchkey.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Invites, for managers. */
@Command(
        name = "invites",
        description = "Lists invites, and makes or takes them back; for managers.",
        mixinStandardHelpOptions = true,
        subcommands = {InviteCommands.Create.class, InviteCommands.Delete.class})
final class InviteCommands extends RemoteCommand {
    @Mixin
    private ListOptions list = new ListOptions();

    @Override
    public Integer call() {
        printer()
                .table(
                        list.fetch(connection(), "/api/auth/invites", Map.of()),
                        "id",
                        "state",
                        "role",
                        "email",
                        "note",
                        "created_by/display_name",
                        "expires_at");
        return 0;
    }

    @Command(
            name = "create",
            description = "Makes an invite and prints its link, which is shown this once.",
            mixinStandardHelpOptions = true)
    static final class Create extends RemoteCommand {
        @Option(names = "--role", description = "guest, member, manager or admin (default: member).")
        private String role;

        @Option(names = "--email", description = "Only for this address; it is mailed there.")
        private String email;

        @Option(names = "--hours", paramLabel = "N", description = "How long the link works.")
        private Long hours;

        @Option(names = "--auto-approve", description = "Whoever uses it is in at once, without an approval.")
        private boolean autoApprove;

        @Option(names = "--days", paramLabel = "N", description = "The account ends after so many days.")
        private Long days;

        @Option(names = "--quota", paramLabel = "BYTES", description = "How many bytes they may store.")
        private Long quota;

        @Option(names = "--note", description = "A note for those who manage invites.")
        private String note;

        @Override
        public Integer call() {
            Map<String, Object> form = new LinkedHashMap<>();
            putIfSet(form, "role", role);
            putIfSet(form, "email", email);
            putIfSet(form, "ttl_hours", hours);
            putIfSet(form, "membership_days", days);
            putIfSet(form, "quota_bytes", quota);
            putIfSet(form, "note", note);
            form.put("auto_approve", autoApprove);
            JsonNode invite = connection().call("POST", "/api/auth/invites", form);
            printer().one(invite, invite.path("url").asText());
            return 0;
        }
    }

    @Command(name = "delete", description = "Takes invites back.", mixinStandardHelpOptions = true)
    static final class Delete extends EachCommand {
        Delete() {
            super("DELETE", "/api/auth/invites/%d", "Took invite %d back.");
        }
    }
}
