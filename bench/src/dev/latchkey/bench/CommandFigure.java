package dev.latchkey.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The command line as {@code install.sh} leaves it: {@code --help} and {@code whoami}, with its archive and without. */
final class CommandFigure implements Figure {
    private static final Pattern MINUTES_AND_SECONDS = Pattern.compile("(\\d+)m([\\d.]+)s");
    private static final long PATIENCE_NANOS = 120_000_000_000L;

    @Override
    public Findings measure(Lab lab) throws Exception {
        int rounds = lab.scale(21, 5);
        try (Server server = Server.startShared(lab, "command", Map.of())) {
            Command quick = Command.install(lab, server, "command-quick");
            Command plain = Command.install(lab, server, "command-plain");
            Files.delete(plain.awaitArchive()); // its key stays, so it is not made again
            quick.awaitArchive();
            Map<String, Pair> pairs = new LinkedHashMap<>();
            pairs.put("whoami", new Pair());
            pairs.put("--help", new Pair());
            for (int round = 0; round < rounds; round++) {
                for (Map.Entry<String, Pair> pair : pairs.entrySet()) {
                    pair.getValue().with.add(quick.run(pair.getKey()));
                    pair.getValue().without.add(plain.run(pair.getKey()));
                }
            }
            return new Findings(List.of(row(pairs.get("whoami"))), details(pairs));
        } finally {
            for (String name : List.of("command", "command-quick", "command-plain")) {
                Lab.delete(lab.folder().resolve(name));
            }
        }
    }

    private static Row row(Pair whoami) {
        return new Row(
                "`latchkey whoami`, median of " + whoami.with.seconds.count(),
                Text.number(whoami.with.seconds.median()) + " s",
                "without the archive: " + Text.number(whoami.without.seconds.median()) + " s",
                whoami.with.seconds.median(),
                Budget.atMost(0.4, "s"));
    }

    private static String details(Map<String, Pair> pairs) {
        var table = new StringBuilder("""
                | command | with the archive, s | its processor time | without, s | its processor time |
                |---|--:|--:|--:|--:|
                """);
        pairs.forEach((name, pair) ->
                table.append("| `latchkey %s` | %s | %s |%n".formatted(name, pair.with.text(), pair.without.text())));
        return table.toString();
    }

    /** What one command took, each time. */
    private static final class Times {
        private final Samples seconds = new Samples();
        private final Samples processor = new Samples();

        void add(double[] secondsAndProcessor) {
            seconds.add(secondsAndProcessor[0]);
            processor.add(secondsAndProcessor[1]);
        }

        String text() {
            return Text.number(seconds.median()) + " | " + Text.number(processor.median());
        }
    }

    private static final class Pair {
        private final Times with = new Times();
        private final Times without = new Times();
    }

    /** An installed command in a home folder of its own. */
    private record Command(Path home, String token) {
        static Command install(Lab lab, Server server, String name) throws IOException, InterruptedException {
            var command = new Command(lab.fresh(name), server.token());
            String url = "http://127.0.0.1:" + server.port();
            command.shell("curl -fsSL '" + url + "/cli/install.sh' | sh");
            return command;
        }

        /** The first use makes the archive behind one's back. */
        Path awaitArchive() throws IOException, InterruptedException {
            long from = System.nanoTime();
            while (System.nanoTime() - from < PATIENCE_NANOS) {
                try (Stream<Path> files = Files.list(home.resolve(".local/share/latchkey"))) {
                    var archive = files.filter(file -> file.toString().matches(".*/archive\\.(jsa|aot)"))
                            .findFirst();
                    if (archive.isPresent()) {
                        return archive.get();
                    }
                }
                Thread.sleep(100);
            }
            throw new IOException("no archive was made in " + home);
        }

        /** Seconds from start to end, and seconds of processor time. */
        double[] run(String argument) throws IOException, InterruptedException {
            long from = System.nanoTime();
            String times = shell("\"$HOME/.local/bin/latchkey\" " + argument + " >/dev/null && times");
            double seconds = (System.nanoTime() - from) / 1e9;
            Matcher children = MINUTES_AND_SECONDS.matcher(
                    times.lines().skip(1).findFirst().orElse(""));
            double processor = 0;
            while (children.find()) {
                processor += 60 * Double.parseDouble(children.group(1)) + Double.parseDouble(children.group(2));
            }
            return new double[] {seconds, processor};
        }

        private String shell(String line) throws IOException, InterruptedException {
            var builder = new ProcessBuilder("sh", "-c", line).redirectErrorStream(true);
            builder.environment().putAll(Map.of("HOME", home.toString(), "LATCHKEY_TOKEN", token));
            builder.environment().remove("LATCHKEY_SERVER");
            Process process = Processes.start(builder);
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException(line + " failed:\n" + output);
            }
            return output;
        }
    }
}
