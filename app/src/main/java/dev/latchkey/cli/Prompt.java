package dev.latchkey.cli;

import dev.latchkey.error.Problem;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Asks the person at the terminal; without one, answers are lines of the standard input. */
final class Prompt {
    private final PrintWriter err;
    private BufferedReader lines;

    /** @param err where questions go, so that they do not mix with data */
    Prompt(PrintWriter err) {
        this.err = err;
    }

    /** A line that may be seen. @throws Problem when there is none */
    String ask(String question) {
        Console console = System.console();
        return console == null ? line(question) : answered(console.readLine("%s: ", question), question);
    }

    /** A line that is not echoed. @throws Problem when there is none */
    String askSecret(String question) {
        Console console = System.console();
        if (console == null) {
            return line(question);
        }
        char[] typed = console.readPassword("%s: ", question);
        return answered(typed == null ? null : new String(typed), question);
    }

    private String line(String question) {
        err.print(question + ": ");
        err.flush();
        try {
            if (lines == null) {
                lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            }
            return answered(lines.readLine(), question);
        } catch (IOException e) {
            throw Problem.malformed("The standard input cannot be read: " + e.getMessage());
        }
    }

    private static String answered(String answer, String question) {
        if (answer == null || answer.isEmpty()) {
            throw Problem.malformed("No answer to \"" + question + "\": nothing was done.");
        }
        return answer;
    }
}
