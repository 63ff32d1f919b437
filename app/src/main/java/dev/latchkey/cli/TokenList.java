package dev.latchkey.cli;

import java.util.Map;
import picocli.CommandLine.Mixin;

/** Prints one's own access tokens: what {@code tokens} does, with or without {@code list}. */
class TokenList extends RemoteCommand {
    static final String ROUTE = "/api/auth/tokens";

    @Mixin
    private ListOptions list = new ListOptions();

    @Override
    public final Integer call() {
        printer()
                .table(
                        list.fetch(connection(), ROUTE, Map.of()),
                        "id",
                        "name",
                        "prefix",
                        "scopes",
                        "last_used_at",
                        "expires_at");
        return 0;
    }
}
