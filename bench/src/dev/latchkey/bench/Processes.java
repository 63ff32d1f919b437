package dev.latchkey.bench;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Ends child processes by their id, also when the bench itself is interrupted. */
final class Processes {
    private Processes() {}

    static Process start(ProcessBuilder builder) throws IOException {
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
    }

    /** Asks the process to end, waits, and insists after 20 seconds. */
    static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** The whole output of a short command, or an empty text where the command is missing. */
    static String output(String... command) throws IOException, InterruptedException {
        if (!present(command[0])) {
            return "";
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        process.waitFor();
        return text.strip();
    }

    static boolean present(String command) {
        for (String folder : (System.getenv("PATH") + ":/usr/sbin").split(":")) {
            if (java.nio.file.Files.isExecutable(java.nio.file.Path.of(folder, command))) {
                return true;
            }
        }
        return false;
    }
}
