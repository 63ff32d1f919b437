package dev.latchkey.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;

/** Tells as whom the other commands act. */
@Command(name = "whoami", description = "Tells who is signed in, and where.", mixinStandardHelpOptions = true)
final class WhoamiCommand extends RemoteCommand {
    @Override
    public Integer call() {
        JsonNode me = connection().get("/api/auth/me");
        String text = me.at("/user/username").asText() + " ("
                + me.at("/user/role").asText() + ") at " + connection().server() + ", by "
                + me.at("/credential/kind").asText().replace('_', ' ');
        printer().one(me, text);
        return 0;
    }
}
