package dev.latchkey.cli;

import dev.latchkey.error.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** Says what went wrong in one line, without a stack trace; what nobody foresaw goes to the log as well. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    static int report(Exception e, CommandLine line) {
        if (e instanceof Problem problem) {
            String hint = problem.kind() == Problem.Kind.UNAUTHENTICATED ? " Run latchkey login." : "";
            line.getErr().println("latchkey: " + Text.printable(problem.detail()) + hint);
        } else {
            LOG.error("Unexpected failure", e);
            line.getErr().println("latchkey: something unexpected went wrong; the log above says what");
        }
        return CommandLine.ExitCode.SOFTWARE;
    }
}
