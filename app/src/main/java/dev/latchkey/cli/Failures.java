package dev.latchkey.cli;

import dev.latchkey.error.Problem;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** Says what went wrong in one line; what nobody foresaw goes to the server's log as well. */
final class Failures {
    private Failures() {}

    /** Why a file cannot be used, without its name. */
    static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof NoSuchFileException) {
            return "it is not there";
        }
        String reason = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
        return reason == null ? e.getClass().getSimpleName() : reason;
    }

    /** Prints the one line. @param remote whether the command talks to a server @return the exit code */
    static int report(Exception e, boolean remote, PrintWriter err) {
        if (e instanceof Problem problem) {
            err.println("latchkey: " + Text.printable(problem.detail()));
        } else if (remote) {
            err.println("latchkey: something unexpected went wrong: " + Text.printable(e.toString()));
        } else {
            LoggerFactory.getLogger(Failures.class).error("Unexpected failure", e);
            err.println("latchkey: something unexpected went wrong; the log above says what");
        }
        return CommandLine.ExitCode.SOFTWARE;
    }
}
