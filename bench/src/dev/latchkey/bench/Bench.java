package dev.latchkey.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Measures the performance budget: {@code bench/run.sh [--quick] [NAME…]}. Only a whole run changes docs/. */
public final class Bench {
    private static final Map<String, Figure> FIGURES = figures();

    private Bench() {}

    /** Runs the figures named, or all; the status is 1 when one of them misses its budget. */
    public static void main(String[] arguments) throws Exception {
        var names = new ArrayList<>(List.of(arguments));
        boolean quick = names.remove("--quick");
        if (!FIGURES.keySet().containsAll(names)) {
            System.err.println("usage: bench/run.sh [--quick] [NAME…], with names of " + FIGURES.keySet());
            System.exit(2);
        }
        Path home = Path.of("").toAbsolutePath();
        boolean whole = !quick && names.isEmpty();
        Path target = Files.createDirectories(home.resolve(whole ? "docs" : "target/bench"));
        Report report = run(new Lab(quick, home), names.isEmpty() ? FIGURES.keySet() : Set.copyOf(names), arguments);
        report.writeTo(target.resolve("performance.md"));
        Files.writeString(target.resolve("performance.svg"), Plot.svg(report.rows()));
        System.out.println("\n" + report.table() + "\nwritten to " + target);
        System.exit(report.rows().stream().allMatch(Row::met) ? 0 : 1);
    }

    private static Report run(Lab lab, Set<String> names, String[] arguments) throws Exception {
        try (lab) {
            var findings = new ArrayList<Findings>();
            for (String name : FIGURES.keySet()) {
                if (names.contains(name)) {
                    findings.add(measured(name, lab));
                }
            }
            String command = String.join(" ", "bench/run.sh", String.join(" ", arguments))
                    .strip();
            return new Report(findings, Machine.facts(lab.folder()), command, Machine.commit(lab.home()));
        }
    }

    /** A figure that fails takes no other with it: it is said to be missed. */
    private static Findings measured(String name, Lab lab) {
        try {
            return measure(name, lab);
        } catch (Exception e) {
            e.printStackTrace();
            Row failed = new Row(name, "not measured: " + e, "", 0, Budget.atLeast(1));
            return new Findings(List.of(failed), "");
        }
    }

    private static Findings measure(String name, Lab lab) throws Exception {
        System.out.println(name + " …");
        long from = System.nanoTime();
        Findings findings = FIGURES.get(name).measure(lab);
        for (Row row : findings.rows()) {
            System.out.printf("  %s: %s%n", row.what(), row.budget().with(row.value()));
        }
        System.out.printf("  (%d s)%n", (System.nanoTime() - from) / 1_000_000_000L);
        return findings;
    }

    private static Map<String, Figure> figures() {
        var figures = new LinkedHashMap<String, Figure>();
        figures.put("token", new TokenFigure());
        figures.put("large-upload", new LargeUploadFigure());
        figures.put("resumed-upload", new ResumedUploadFigure());
        figures.put("small-uploads", new SmallUploadsFigure());
        figures.put("download", new DownloadFigure());
        figures.put("pages", new PagesFigure());
        figures.put("start-up", new StartUpFigure());
        figures.put("command", new CommandFigure());
        figures.put("memory", new MemoryFigure());
        figures.put("login-flood", new LoginFloodFigure());
        figures.put("answer-times", new AnswerTimesFigure());
        figures.put("clean-up", new CleanUpFigure());
        figures.put("scroll", new ScrollFigure());
        return figures;
    }
}
