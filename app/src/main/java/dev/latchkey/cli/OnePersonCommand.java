package dev.latchkey.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Parameters;

/** A command about one person. */
abstract class OnePersonCommand extends RemoteCommand {
    @Parameters(paramLabel = "USER", description = "The username, or the id.")
    private String user;

    /** The person's route; a username is looked up first. */
    final String path() {
        return "/api/users/" + People.id(connection(), user);
    }

    final String user() {
        return user;
    }

    /** Posts to a route of the person; some answer with the account, some with nothing. */
    final int post(String action, Object body, String line) {
        JsonNode answer = connection().call("POST", path() + "/" + action, body);
        if (answer.isMissingNode()) {
            err(line);
        } else {
            done(answer, line);
        }
        return 0;
    }
}
