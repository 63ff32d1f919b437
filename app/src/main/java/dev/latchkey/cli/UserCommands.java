package dev.latchkey.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** People, for admins. */
@Command(
        name = "users",
        description = "Lists the people of the library, and manages their accounts; for admins.",
        mixinStandardHelpOptions = true,
        subcommands = {
            UserCommands.Add.class,
            UserCommands.Show.class,
            UserCommands.Set.class,
            UserAccessCommands.Activate.class,
            UserAccessCommands.Deactivate.class,
            UserAccessCommands.Remove.class,
            UserAccessCommands.ResetPassword.class,
            UserAccessCommands.SetPassword.class,
            UserAccessCommands.ResetSecondFactor.class,
            UserAccessCommands.EndSessions.class,
            UserAccessCommands.ClearDelay.class
        })
final class UserCommands extends RemoteCommand {
    private static final String[] COLUMNS = {
        "id", "username", "display_name", "role", "active", "email", "last_login_at"
    };

    @Mixin
    private ListOptions list = new ListOptions();

    @Option(names = "--role", paramLabel = "ROLE", description = "Only guest, member, manager or admin.")
    private String role;

    @Option(
            names = "--active",
            paramLabel = "BOOL",
            arity = "1",
            description = "Only those who may sign in, or may not.")
    private Boolean active;

    @Option(
            names = {"-q", "--query"},
            paramLabel = "TEXT",
            description = "Only those whose names or address contain it.")
    private String query;

    @Override
    public Integer call() {
        Map<String, Object> filters = new LinkedHashMap<>();
        filters.put("role", role);
        filters.put("active", active);
        filters.put("q", query);
        printer().table(list.fetch(connection(), "/api/users", filters), COLUMNS);
        return 0;
    }

    @Command(
            name = "add",
            description = {"Makes an account.", "Without --password it prints a link by which the person chooses one."},
            mixinStandardHelpOptions = true)
    static final class Add extends RemoteCommand {
        @Parameters(paramLabel = "USERNAME", description = "Letters, digits, dots, _ and -.")
        private String username;

        @Option(
                names = "--role",
                defaultValue = "member",
                description = "guest, member, manager or admin (default: ${DEFAULT-VALUE}).")
        private String role;

        @Option(names = "--email", description = "The e-mail address.")
        private String email;

        @Option(names = "--name", paramLabel = "NAME", description = "The name that others see.")
        private String name;

        @Option(
                names = "--password",
                description = "Asks for a first password, which has to be changed at the first sign-in.")
        private boolean password;

        @Override
        public Integer call() {
            Map<String, Object> form = new LinkedHashMap<>();
            form.put("username", username);
            form.put("role", role);
            putIfSet(form, "email", email);
            putIfSet(form, "display_name", name);
            if (password) {
                form.put("password", prompt().askSecret("First password"));
            }
            JsonNode user = connection().call("POST", "/api/users", form);
            if (password) {
                done(user, "Made " + username + ".");
            } else {
                err("Made " + username + ". This is where they choose a password:");
                printer().one(user, user.path("setup_url").asText());
            }
            return 0;
        }
    }

    @Command(name = "show", description = "Shows all that is known about a person.", mixinStandardHelpOptions = true)
    static final class Show extends OnePersonCommand {
        @Override
        public Integer call() {
            printer().fields(connection().get(path()));
            return 0;
        }
    }

    @Command(
            name = "set",
            description = "Changes an account; \"none\" clears the address, the quota or the end of membership.",
            mixinStandardHelpOptions = true)
    static final class Set extends OnePersonCommand {
        /** What can be changed; at least one. */
        static final class Changes {
            @Option(names = "--role", description = "guest, member, manager or admin.")
            private String role;

            @Option(names = "--email", description = "The e-mail address.")
            private String email;

            @Option(names = "--name", description = "The name that others see.")
            private String name;

            @Option(names = "--quota", paramLabel = "BYTES", description = "How many bytes they may store.")
            private String quota;

            @Option(
                    names = "--until",
                    paramLabel = "TIME",
                    description = "When the membership ends: 2027-01-01T00:00:00Z.")
            private String until;

            Map<String, Object> body() {
                Map<String, Object> body = new LinkedHashMap<>();
                putIfSet(body, "role", role);
                putIfSet(body, "display_name", name);
                putOrClear(body, "email", email);
                putOrClear(body, "quota_bytes", quota == null ? null : number(quota));
                putOrClear(body, "membership_ends_at", until);
                return body;
            }

            private static void putOrClear(Map<String, Object> body, String field, Object value) {
                putIfSet(body, field, value);
                if ("none".equals(value)) {
                    body.put(field, null);
                }
            }

            private static Object number(String text) {
                return text.matches("[0-9]{1,18}") ? Long.valueOf(text) : text;
            }
        }

        @ArgGroup(exclusive = false, multiplicity = "1")
        private Changes changes;

        @Override
        public Integer call() {
            JsonNode user = connection().call("PATCH", path(), changes.body());
            done(user, "Changed " + user() + ".");
            return 0;
        }
    }
}
