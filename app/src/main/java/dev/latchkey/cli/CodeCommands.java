package dev.latchkey.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Join codes for guests, for managers. */
@Command(
        name = "codes",
        description = "Lists join codes for guests, and makes or revokes them; for managers.",
        mixinStandardHelpOptions = true,
        subcommands = {CodeCommands.Create.class, CodeCommands.Revoke.class})
final class CodeCommands extends RemoteCommand {
    private static final String ROUTE = "/api/auth/join-codes";

    @Mixin
    private ListOptions list = new ListOptions();

    @Option(
            names = "--user",
            paramLabel = "USER",
            description = "Only codes of this guest: an id, or for admins a username.")
    private String user;

    @Override
    public Integer call() {
        Map<String, Object> filters = new LinkedHashMap<>();
        filters.put("user_id", user == null ? null : People.id(connection(), user));
        printer()
                .table(
                        list.fetch(connection(), ROUTE, filters),
                        "id",
                        "user/display_name",
                        "device_name",
                        "provider_name",
                        "uses",
                        "max_uses",
                        "expires_at");
        return 0;
    }

    @Command(
            name = "create",
            description = {
                "Makes a code by which a guest gets in, and prints it with a QR code to scan.",
                "It is shown this once."
            },
            mixinStandardHelpOptions = true)
    static final class Create extends RemoteCommand {
        /** Who comes in by the code. */
        static final class Guest {
            @Option(
                    names = "--guest",
                    paramLabel = "NAME",
                    required = true,
                    description = "Makes a new guest of this name.")
            private String name;

            @Option(
                    names = "--user",
                    paramLabel = "USER",
                    required = true,
                    description = "For a guest who has an account: an id, or for admins a username.")
            private String user;
        }

        @ArgGroup(multiplicity = "1")
        private Guest guest;

        @Option(names = "--hours", paramLabel = "N", description = "How long it works.")
        private Long hours;

        @Option(
                names = "--uses",
                paramLabel = "N",
                description = "How often it works; 0 for as often as one likes (default: 1).")
        private Long uses;

        @Option(
                names = "--device",
                paramLabel = "NAME",
                description = "What the sign-in is called, such as Kitchen tablet.")
        private String device;

        @Option(
                names = "--provider",
                paramLabel = "NAME",
                description = "What the code is for, to revoke such codes together.")
        private String provider;

        @Override
        public Integer call() {
            Map<String, Object> form = new LinkedHashMap<>();
            if (guest.user != null) {
                form.put("user_id", People.id(connection(), guest.user));
            }
            putIfSet(form, "guest_name", guest.name);
            putIfSet(form, "expires_in_hours", hours);
            putIfSet(form, "max_uses", uses);
            putIfSet(form, "device_name", device);
            putIfSet(form, "provider_name", provider);
            JsonNode code = connection().call("POST", ROUTE, form);
            if (printer().isJson()) {
                printer().json(code);
            } else {
                text(code).lines().forEach(printer()::line);
            }
            return 0;
        }

        private static String text(JsonNode code) {
            String url = code.path("url").asText();
            return TerminalQr.of(url) + "\nCode: " + code.path("code").asText() + "\nLink: " + url + "\nUntil: "
                    + code.path("expires_at").asText();
        }
    }

    @Command(
            name = "revoke",
            description = "Revokes codes, so that nobody else gets in by them; guests who are in stay in.",
            mixinStandardHelpOptions = true)
    static final class Revoke extends RemoteCommand {
        @Parameters(arity = "0..*", paramLabel = "ID", description = "The ids, as the list shows them.")
        private List<Long> ids;

        @Option(
                names = "--user",
                paramLabel = "USER",
                description = "All codes of this guest: an id, or for admins a username.")
        private String user;

        @Option(names = "--provider", paramLabel = "NAME", description = "All codes that were made for this.")
        private String provider;

        @Override
        public Integer call() {
            boolean many = user != null || provider != null;
            if (many == (ids != null)) {
                throw usage("Name the codes by their ids, or by --user and --provider");
            }
            if (many) {
                JsonNode revoked = connection().call("DELETE", ROUTE + filter(), null);
                printer().one(revoked, "Revoked " + revoked.path("revoked").asLong() + ".");
                return 0;
            }
            return EachCommand.each(this, ids, "DELETE", ROUTE + "/%d", "Revoked %d.");
        }

        private String filter() {
            List<String> filters = new ArrayList<>();
            if (user != null) {
                filters.add("user_id=" + People.id(connection(), user));
            }
            if (provider != null) {
                filters.add("provider_name=" + URLEncoder.encode(provider, StandardCharsets.UTF_8));
            }
            return "?" + String.join("&", filters);
        }
    }
}
