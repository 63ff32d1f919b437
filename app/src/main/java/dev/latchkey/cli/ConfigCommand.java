package dev.latchkey.cli;

import dev.latchkey.config.ConfigLoader;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints what Latchkey would run with. */
@Command(
        name = "config",
        description = "Prints the effective configuration, with secrets masked.",
        mixinStandardHelpOptions = true)
final class ConfigCommand implements Runnable {
    @Mixin
    private ConfigFile file = new ConfigFile();

    @Option(names = "--example", description = "Prints the example file instead: every key with its default.")
    private boolean example;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        if (example) {
            out.print(ConfigLoader.example());
        } else {
            ConfigLoader.masked(file.path(), System.getenv()).forEach((key, value) -> out.println(key + "=" + value));
        }
        out.flush();
    }
}
