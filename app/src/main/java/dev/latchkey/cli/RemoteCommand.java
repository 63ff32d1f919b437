package dev.latchkey.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that talks to a server; it returns its exit code. */
abstract class RemoteCommand implements Callable<Integer> {
    @Option(
            names = "--server",
            paramLabel = "URL",
            description = {
                "The server to talk to; else LATCHKEY_SERVER, the one of the last sign-in,",
                "or http://localhost:5397."
            })
    private String server;

    @Option(names = "--json", description = "Prints the server's JSON instead of a table.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    private Connection connection;

    /** The connection, made when it is first asked for; a password or token on an open road draws a warning. */
    final Connection connection() {
        if (connection == null) {
            Main main = (Main) spec.root().userObject();
            connection = Connection.open(Optional.ofNullable(named()), main.environment(), Clock.systemUTC());
            if (connection.server().isExposed()) {
                err("latchkey: warning: " + connection.server()
                        + " is not encrypted and not in your own network; whoever is on the way can read along");
            }
        }
        return connection;
    }

    /** The server that this call of the command names, or null; {@code users --server URL add} names one for both. */
    String named() {
        return server == null ? parent().map(RemoteCommand::named).orElse(null) : server;
    }

    private boolean wantsJson() {
        return json || parent().map(RemoteCommand::wantsJson).orElse(false);
    }

    private Optional<RemoteCommand> parent() {
        return Optional.ofNullable(spec.parent())
                .map(CommandSpec::userObject)
                .filter(RemoteCommand.class::isInstance)
                .map(RemoteCommand.class::cast);
    }

    final Printer printer() {
        return new Printer(spec.commandLine().getOut(), wantsJson());
    }

    /** A line for the person, kept apart from the data. */
    final void err(String line) {
        spec.commandLine().getErr().println(Text.printable(line));
        spec.commandLine().getErr().flush();
    }

    /** What a change is answered with: the server's data when JSON is wanted, else a line for the person. */
    final void done(JsonNode data, String line) {
        if (printer().isJson()) {
            printer().json(data);
        } else {
            err(line);
        }
    }

    /** Questions to the person at the terminal. */
    final Prompt prompt() {
        return new Prompt(spec.commandLine().getErr());
    }

    /** An option that was not given stays out of a request: an absent field leaves things as they are. */
    static void putIfSet(Map<String, Object> form, String field, Object value) {
        if (value != null) {
            form.put(field, value);
        }
    }

    /** What a wrong argument is answered with: exit code 2. */
    final ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
