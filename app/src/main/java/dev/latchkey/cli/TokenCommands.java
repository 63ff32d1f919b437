package dev.latchkey.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.error.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One's own access tokens for programs. */
@Command(
        name = "tokens",
        description = "Lists your access tokens for programs, and makes or revokes them.",
        mixinStandardHelpOptions = true,
        subcommands = {TokenCommands.Create.class, TokenCommands.ListAll.class, TokenCommands.Revoke.class})
final class TokenCommands extends TokenList {
    @Command(name = "list", description = "Lists your tokens.", mixinStandardHelpOptions = true)
    static final class ListAll extends TokenList {}

    @Command(
            name = "create",
            description = "Makes a token and prints it, which happens this once.",
            mixinStandardHelpOptions = true)
    static final class Create extends RemoteCommand {
        private static final Pattern DAYS = Pattern.compile("([0-9]{1,4})d?");

        @Parameters(paramLabel = "NAME", description = "What it is for.")
        private String name;

        @Option(names = "--ttl", paramLabel = "DAYS", description = "How long it works: 30d, or never (default: 90d).")
        private String ttl;

        @Option(
                names = "--scope",
                paramLabel = "SCOPE",
                split = ",",
                description = {
                    "What it may do: library:read, library:write, profile:read, users:read, users:write,",
                    "audit:read (default: the first three)."
                })
        private List<String> scopes;

        @Option(names = "--raw", description = "Prints the token and nothing else, for scripts.")
        private boolean raw;

        @Override
        public Integer call() {
            Map<String, Object> form = new LinkedHashMap<>();
            form.put("name", name);
            putIfSet(form, "scopes", scopes);
            if (ttl != null) {
                form.put("expires_in_days", days());
            }
            JsonNode token = connection().call("POST", TokenList.ROUTE, form);
            String secret = token.path("token").asText();
            if (raw) {
                printer().line(secret);
            } else {
                printer().one(token, secret);
                err("Keep it safe: it is shown this once. It " + end(token) + ".");
            }
            return 0;
        }

        private Long days() {
            Matcher days = DAYS.matcher(ttl);
            if (!days.matches() && !"never".equals(ttl)) {
                throw usage("--ttl must be a number of days such as 30d, or never");
            }
            return "never".equals(ttl) ? null : Long.valueOf(days.group(1));
        }

        private static String end(JsonNode token) {
            JsonNode end = token.path("expires_at");
            return end.isTextual() ? "works until " + end.asText() : "works until it is revoked";
        }
    }

    @Command(name = "revoke", description = "Revokes tokens at once.", mixinStandardHelpOptions = true)
    static final class Revoke extends RemoteCommand {
        @Parameters(
                arity = "1..*",
                paramLabel = "TOKEN",
                description = "Its id, its prefix, its name, or the token itself.")
        private List<String> tokens;

        @Override
        public Integer call() {
            List<JsonNode> own = ListOptions.everything(connection(), TokenList.ROUTE);
            List<Long> ids = tokens.stream().map(wanted -> find(own, wanted)).toList();
            return EachCommand.each(this, ids, "DELETE", TokenList.ROUTE + "/%d", "Revoked %d.");
        }

        /** @throws Problem unless exactly one token is meant: nothing is revoked on a guess */
        private static long find(List<JsonNode> own, String wanted) {
            List<JsonNode> meant =
                    own.stream().filter(token -> isMeant(token, wanted)).toList();
            if (meant.size() != 1) {
                throw Problem.notFound((meant.isEmpty() ? "You have no token " : "You have more than one token ")
                        + Text.printable(wanted) + "; latchkey tokens list shows their ids. Nothing was revoked.");
            }
            return meant.get(0).path("id").asLong();
        }

        private static boolean isMeant(JsonNode token, String wanted) {
            String prefix = token.path("prefix").asText();
            return token.path("id").asText().equals(wanted)
                    || token.path("name").asText().equals(wanted)
                    || wanted.startsWith("lkp_") && wanted.startsWith(prefix);
        }
    }
}
