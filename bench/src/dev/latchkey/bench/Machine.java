package dev.latchkey.bench;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The facts of the machine without which its figures mean nothing. */
final class Machine {
    private Machine() {}

    static Map<String, String> facts(Path folder) throws IOException, InterruptedException {
        var facts = new LinkedHashMap<String, String>();
        facts.put("Processor", find("/proc/cpuinfo", "model name\\s*:\\s*(.+)"));
        facts.put("Cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        long kilobytes = Long.parseLong(find("/proc/meminfo", "MemTotal:\\s+(\\d+)"));
        facts.put("Memory", "%.1f GiB".formatted(kilobytes / 1048576.0));
        facts.put("Kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        FileStore disk = Files.getFileStore(folder);
        facts.put("File system", disk.type() + " on " + disk.name());
        facts.put("JDK", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        facts.put(
                "Load generator", Wrk.present() ? firstLine("wrk", "-v") + " and own Java" : "own Java (no wrk here)");
        facts.put("File server", Nginx.present() ? firstLine("nginx", "-v") : "the JDK's (no nginx here)");
        return facts;
    }

    /** The commit that was measured, where the folder is a clone. */
    static String commit(Path home) throws IOException, InterruptedException {
        return Files.exists(home.resolve(".git")) ? Processes.output("git", "rev-parse", "--short", "HEAD") : "unknown";
    }

    private static String firstLine(String... command) throws IOException, InterruptedException {
        return Processes.output(command).lines().findFirst().orElse("").replaceFirst(" \\[.*", "");
    }

    private static String find(String file, String pattern) throws IOException {
        Matcher found = Pattern.compile(pattern).matcher(Files.readString(Path.of(file)));
        return found.find() ? found.group(1).strip() : "unknown";
    }
}
