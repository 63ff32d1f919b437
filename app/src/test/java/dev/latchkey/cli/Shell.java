package dev.latchkey.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.harness.Jvm;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.TestServer;
import dev.latchkey.http.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Somebody's shell: a home folder, and the variables that {@code latchkey} looks at. */
final class Shell {
    private final Path home;
    private final Map<String, String> environment;

    private Shell(Path home, Map<String, String> environment) {
        this.home = home;
        this.environment = environment;
    }

    /** What a command left behind. */
    record Result(int exitCode, String out, String err) {
        JsonNode json() {
            try {
                return Json.MAPPER.readTree(out);
            } catch (IOException e) {
                throw new AssertionError(this.toString(), e);
            }
        }
    }

    /** Of somebody who is signed in nowhere, and whose server is this one. */
    static Shell at(Path home, TestServer server) {
        return new Shell(home, Map.of("HOME", home.toString(), "LATCHKEY_SERVER", "http://127.0.0.1:" + server.port()));
    }

    Shell with(String variable, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(variable, value);
        return new Shell(home, more);
    }

    /** With the token of this person in the environment. */
    Shell as(Person person) {
        return with("LATCHKEY_TOKEN", person.token());
    }

    /** Runs a command in this process, which is quicker. */
    Result here(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Main.commandLine(environment, arguments)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new Result(exitCode, out.toString(), err.toString());
    }

    /** Runs a command as a process. */
    Result run(String... arguments) {
        return start("", arguments).await();
    }

    /** Runs a command as a process that reads this from its standard input. */
    Result typing(String input, String... arguments) {
        return start(input, arguments).await();
    }

    /** Starts a command as a process, in the home folder. */
    Running start(String input, String... arguments) {
        try {
            Path folder = Files.createTempDirectory("latchkey-command");
            List<String> command = Jvm.command("dev.latchkey.cli.Main");
            command.addAll(List.of(arguments));
            Files.writeString(folder.resolve("in"), input);
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(home.toFile())
                    .redirectInput(folder.resolve("in").toFile())
                    .redirectOutput(folder.resolve("out").toFile())
                    .redirectError(folder.resolve("err").toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("LATCHKEY_"));
            builder.environment().putAll(environment);
            return new Running(builder.start(), folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A command that runs as a process, and the folder where its output goes. */
    record Running(Process process, Path folder) {
        /** What it has said so far. */
        String err() {
            try {
                return Files.readString(folder.resolve("err"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Result await() {
            try {
                if (!process.waitFor(120, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new AssertionError("The command does not end");
                }
                return new Result(
                        process.exitValue(),
                        Files.readString(folder.resolve("out")),
                        Files.readString(folder.resolve("err")));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
