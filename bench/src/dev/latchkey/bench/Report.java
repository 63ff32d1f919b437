package dev.latchkey.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The result as Markdown. It goes between two marks of a page, and what people wrote around them stays. */
record Report(List<Findings> findings, Map<String, String> machine, String command, String commit) {
    private static final String BEGIN = "<!-- measured: written by bench/run.sh -->";
    private static final String END = "<!-- end of measured -->";

    List<Row> rows() {
        return findings.stream().flatMap(each -> each.rows().stream()).toList();
    }

    String table() {
        String lines = rows().stream().map(Report::line).collect(Collectors.joining("\n"));
        return "| figure | Latchkey | against | value | budget | verdict |\n|---|---|---|--:|--:|---|\n" + lines + "\n";
    }

    /** Replaces what stands between the marks of that page, which is made when it is missing. */
    void writeTo(Path page) throws IOException {
        String before = Files.exists(page) ? Files.readString(page) : "# Performance\n\n" + BEGIN + END + "\n";
        int from = before.indexOf(BEGIN);
        int to = before.indexOf(END);
        if (from < 0 || to < from) {
            throw new IOException(page + " has lost the marks between which the result goes");
        }
        Files.writeString(page, before.substring(0, from) + BEGIN + "\n" + measured() + before.substring(to));
    }

    private String measured() {
        String details = findings.stream()
                .map(Findings::details)
                .filter(text -> !text.isBlank())
                .map(text -> text.strip() + "\n")
                .collect(Collectors.joining("\n"));
        return """
                Measured on %s at commit %s by `%s`.

                ![Every figure against its budget](performance.svg)

                %s
                Both sides of a ratio were measured in one run, in turn, after a warm-up. They are medians of the rounds,
                and the ratio is the median of the rounds' ratios.

                ## In detail

                %s
                ## The machine

                | | |
                |---|---|
                %s
                """.formatted(LocalDate.now(ZoneOffset.UTC), commit, command, table(), details, facts());
    }

    private String facts() {
        return machine.entrySet().stream()
                .map(fact -> "| " + fact.getKey() + " | " + fact.getValue() + " |")
                .collect(Collectors.joining("\n"));
    }

    private static String line(Row row) {
        return "| %s | %s | %s | %s | %s | %s |"
                .formatted(
                        row.what(),
                        row.latchkey(),
                        row.against(),
                        row.budget().with(row.value()),
                        row.budget().text(),
                        row.met() ? "met" : "**missed**");
    }
}
