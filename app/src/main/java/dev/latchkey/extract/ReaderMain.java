package dev.latchkey.extract;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The reader: a process of its own, in which files of strangers are decoded, one after the other. It answers each line
 * with a line, and ends with the server, whatever it is doing then.
 */
final class ReaderMain {
    /** Its first line. */
    static final String READY = "ready";

    private ReaderMain() {}

    /** @param args the paths of ffmpeg and ffprobe, or none */
    public static void main(String[] args) throws InterruptedException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(System.err); // what libraries print must not look like an answer
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        Thread listening = new Thread(() -> listen(lines), "requests");
        listening.setDaemon(true);
        listening.start();
        Optional<Films> films =
                args.length == 2 ? Optional.of(new Films(Path.of(args[0]), Path.of(args[1]))) : Optional.empty();
        Reading reading = new Reading(films);
        out.println(READY);
        while (true) {
            out.println(
                    Message.encode(read(reading, Message.decode(lines.take())).fields()));
            System.gc(); // some milliseconds, and pictures that nobody needs do not pile up
        }
    }

    private static Facts read(Reading reading, Map<String, String> request) {
        return reading.read(
                Path.of(request.get("file")),
                request.get("type"),
                Boolean.parseBoolean(request.get("program")),
                Path.of(request.get("small")),
                Path.of(request.get("large")),
                Instant.ofEpochMilli(Long.parseLong(request.get("now"))));
    }

    private static void listen(BlockingQueue<String> lines) {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            // as if it had ended
        }
        Program.end();
        Runtime.getRuntime().halt(0);
    }
}
