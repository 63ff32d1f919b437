package dev.latchkey.cli;

import dev.latchkey.error.Problem;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Parameters;

/** Does the same for each id that it is given; one that fails stops no other, and makes the exit code 1. */
abstract class EachCommand extends RemoteCommand {
    @Parameters(arity = "1..*", paramLabel = "ID", description = "The ids, as the list shows them.")
    private List<Long> ids;

    private final String method;
    private final String route;
    private final String done;

    /** Route and sentence have a {@code %d} for the id. */
    EachCommand(String method, String route, String done) {
        this.method = method;
        this.route = route;
        this.done = done;
    }

    @Override
    public final Integer call() {
        return each(this, ids, method, route, done);
    }

    /** For commands that take ids among other things. */
    static int each(RemoteCommand command, List<Long> ids, String method, String route, String done) {
        int exitCode = 0;
        for (long id : ids) {
            try {
                command.connection().call(method, route.formatted(id), method.equals("POST") ? Map.of() : null);
                command.err(done.formatted(id));
            } catch (Problem e) {
                command.err("latchkey: " + id + ": " + e.detail());
                exitCode = 1;
            }
        }
        return exitCode;
    }
}
