package dev.latchkey.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs {@code sh} as somebody whose home folder is elsewhere. */
public final class Sh {
    private final Path home;
    private final Map<String, String> environment;

    private Sh(Path home, Map<String, String> environment) {
        this.home = home;
        this.environment = environment;
    }

    /** What a script left behind. */
    public record Result(int exitCode, String out, String err) {}

    /** A shell with this home folder, which it also starts in. */
    public static Sh in(Path home) {
        return new Sh(home, Map.of("HOME", home.toString(), "JAVA_HOME", System.getProperty("java.home")));
    }

    public Sh with(String variable, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(variable, value);
        return new Sh(home, more);
    }

    /** Runs a script from its file. */
    public Result script(Path script, String... arguments) {
        List<String> command = new ArrayList<>(List.of("sh", script.toString()));
        command.addAll(List.of(arguments));
        return run(command);
    }

    /** Runs one line of commands. */
    public Result line(String commands) {
        return run(List.of("sh", "-c", commands));
    }

    private Result run(List<String> command) {
        try {
            Path out = Files.createTempFile("latchkey-sh", ".out");
            Path err = Files.createTempFile("latchkey-sh", ".err");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(home.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(120, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("The script does not end");
            }
            Result result = new Result(process.exitValue(), Files.readString(out), Files.readString(err));
            Files.delete(out);
            Files.delete(err);
            return result;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
