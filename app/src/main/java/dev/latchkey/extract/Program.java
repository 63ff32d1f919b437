package dev.latchkey.extract;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Runs another program with bounds on its time, its memory and what it prints. */
final class Program {
    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final Path SHELL = Path.of("/bin/sh");
    /** Processor seconds and kilobytes of address space, set by the shell that then becomes the program. */
    private static final String BOUNDED = "ulimit -t 60; ulimit -v 3145728; exec \"$@\"";

    private static final AtomicReference<Process> RUNNING = new AtomicReference<>();

    private Program() {}

    /**
     * What it printed, when it ended well.
     *
     * @throws IOException when it failed, took too long or printed more than {@code maxBytes}
     */
    static byte[] run(List<String> command, int maxBytes) throws IOException {
        Process process = start(command);
        RUNNING.set(process);
        CompletableFuture<Void> limit = CompletableFuture.runAsync(
                process::destroyForcibly, CompletableFuture.delayedExecutor(LIMIT.toMillis(), TimeUnit.MILLISECONDS));
        try (InputStream out = process.getInputStream()) {
            process.getOutputStream().close(); // nothing to read from us
            byte[] printed = out.readNBytes(maxBytes + 1);
            if (printed.length > maxBytes) {
                throw new IOException("It prints too much");
            }
            if (process.waitFor() != 0) {
                throw new IOException("It failed with " + process.exitValue());
            }
            return printed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            limit.cancel(false);
            process.destroyForcibly();
        }
    }

    private static Process start(List<String> command) throws IOException {
        List<String> bounded = new ArrayList<>();
        if (Files.isExecutable(SHELL)) {
            bounded.addAll(List.of(SHELL.toString(), "-c", BOUNDED, "sh"));
        }
        bounded.addAll(command);
        return new ProcessBuilder(bounded)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Ends the program that runs at the moment, if one does. */
    static void end() {
        Process process = RUNNING.get();
        if (process != null) {
            process.destroyForcibly();
        }
    }
}
