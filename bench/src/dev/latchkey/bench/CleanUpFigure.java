package dev.latchkey.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/** How long somebody's write takes while the daily clean-up removes audit rows, against the same writes before it began. */
final class CleanUpFigure implements Figure {
    private static final long EVERY_NANOS = 20_000_000;
    private static final int FIRST_RUN_SECONDS = 300;

    @Override
    public Findings measure(Lab lab) throws Exception {
        int rows = lab.scale(1_000_000, 100_000);
        int seconds = lab.scale(40, 10);
        Path data = lab.fresh("clean-up");
        String token;
        try (Server empty = Server.startShared(lab, "clean-up", Map.of())) {
            token = empty.token();
        }
        Seed.fill(data, rows);
        try (Server server = Server.start(lab, data, Map.of("LATCHKEY_AUDIT_RETAIN_DAYS", "1"))) {
            server.useToken(token);
            writes(server, seconds / 4); // a warm-up
            Samples before = writes(server, seconds);
            awaitClean(data, rows);
            long left = rowsLeft(data, rows);
            Samples during = writes(server, seconds);
            long removed = left - rowsLeft(data, rows);
            return new Findings(List.of(row(rows, before, during, removed / (double) seconds)), "");
        } finally {
            Lab.delete(data);
        }
    }

    private static Row row(int rows, Samples before, Samples during, double removed) {
        return new Row(
                "Daily clean-up of %,d audit rows: what it adds to the p99 of a write".formatted(rows),
                words(during) + ", %,.0f rows a second go".formatted(removed),
                "without: " + words(before),
                Math.max(0, during.percentile(99) - before.percentile(99)),
                Budget.atMost(10, "ms"));
    }

    private static String words(Samples samples) {
        return "p50 " + Text.number(samples.median()) + " ms, p99 " + Text.number(samples.percentile(99)) + " ms, max "
                + Text.number(samples.percentile(100)) + " ms";
    }

    private static Samples writes(Server server, int seconds) throws Exception {
        var latencies = new Samples();
        long start = System.nanoTime();
        try (Wire wire = server.wire()) {
            for (long at = 0; at < seconds * 1_000_000_000L; at += EVERY_NANOS) {
                Pace.await(start + at);
                String json = "{\"display_name\":\"Name " + at + "\"}";
                latencies.add(Crew.millis(() ->
                        wire.json("PATCH", "/api/auth/me", server.token(), json).expect(200)));
            }
        }
        return latencies;
    }

    private static void awaitClean(Path data, int rows) throws Exception {
        long all = rowsLeft(data, rows);
        for (int waited = 0; rowsLeft(data, rows) >= all; waited++) {
            if (waited == FIRST_RUN_SECONDS) {
                throw new IOException("the clean-up did not begin");
            }
            Thread.sleep(1_000);
        }
    }

    /** Rows of the seed, which no write of this figure adds to. */
    private static long rowsLeft(Path data, int rows) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("latchkey.db"));
                Statement statement = connection.createStatement();
                ResultSet count =
                        statement.executeQuery("SELECT count(*) FROM audit WHERE at < " + Seed.at(rows + 1))) {
            count.next();
            return count.getLong(1);
        }
    }
}
