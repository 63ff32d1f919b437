package dev.latchkey.harness;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts Latchkey in a process of its own, with the classes of this one. */
public final class Jvm {
    /** For a short life: no second compiler, and no look at classes that the compiler of this build has just written. */
    private static final List<String> QUICK = List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:-BytecodeVerificationRemote");

    private Jvm() {}

    /** The command that starts {@code mainClass} with these options; its arguments can be added to the list. */
    public static List<String> command(String mainClass, String... options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(QUICK);
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        return command;
    }
}
