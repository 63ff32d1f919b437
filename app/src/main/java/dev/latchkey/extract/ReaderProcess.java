package dev.latchkey.extract;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The server's end of a {@link ReaderMain} that runs. */
final class ReaderProcess implements AutoCloseable {
    private static final int MAX_LINE = 64 * 1024;
    private static final Duration START = Duration.ofMinutes(1);

    private final Process process;
    private final BufferedReader in;
    private final Writer out;

    private ReaderProcess(Process process) {
        this.process = process;
        this.in = process.inputReader(StandardCharsets.UTF_8);
        this.out = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    }

    /** @throws NoReaderException when no process can be started, or it does not say that it is there */
    static ReaderProcess start(Programs programs) throws NoReaderException {
        try {
            ReaderProcess reader = new ReaderProcess(process(programs));
            reader.awaitReady();
            return reader;
        } catch (IOException e) {
            throw new NoReaderException("The process that reads files does not start", e);
        }
    }

    private static Process process(Programs programs) throws IOException {
        List<String> command = new ArrayList<>();
        programs.nice().ifPresent(nice -> command.addAll(List.of(nice.toString(), "-n", "15")));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-Xss1m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-XX:-UsePerfData", "-Xshare:auto", "-Djava.awt.headless=true"));
        command.add("-Duser.timezone=" + TimeZone.getDefault().getID());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ReaderMain.class.getName()));
        if (programs.ffmpeg().isPresent() && programs.ffprobe().isPresent()) {
            command.add(programs.ffmpeg().get().toString());
            command.add(programs.ffprobe().get().toString());
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().removeIf(name -> name.startsWith("LATCHKEY_")); // secrets among them
        return builder.start();
    }

    private void awaitReady() throws IOException {
        CompletableFuture<Void> ending = endAfter(START);
        try {
            if (!line().equals(ReaderMain.READY)) {
                throw new IOException("It says something else than expected");
            }
        } catch (IOException e) {
            close();
            throw e;
        } finally {
            ending.cancel(false);
        }
    }

    private CompletableFuture<Void> endAfter(Duration limit) {
        return CompletableFuture.runAsync(
                this::close, CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** @throws IOException when it ends before it answers, or has not answered after {@code limit} */
    Facts ask(Map<String, String> request, Duration limit) throws IOException {
        CompletableFuture<Void> ending = endAfter(limit);
        try {
            out.write(Message.encode(request));
            out.write('\n');
            out.flush();
            return Facts.of(Message.decode(line()));
        } catch (IllegalArgumentException e) {
            throw new IOException("The reader answers in another way than expected", e);
        } finally {
            ending.cancel(false);
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 || line.length() == MAX_LINE) {
                throw new EOFException("The reader ended");
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }

    /** Ends it at once, with what it has started, and waits a moment for its end. */
    @Override
    public void close() {
        List<ProcessHandle> started = process.descendants().toList();
        process.destroyForcibly();
        started.forEach(ProcessHandle::destroyForcibly);
        try {
            process.waitFor(3, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
