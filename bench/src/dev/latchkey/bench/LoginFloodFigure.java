package dev.latchkey.bench;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** What 200 wrong logins a second do to other people's requests, with the throttle on and with it off. */
final class LoginFloodFigure implements Figure {
    private static final int PER_SECOND = 200;

    @Override
    public Findings measure(Lab lab) throws Exception {
        var rows = new ArrayList<Row>();
        rows.addAll(flood(lab, "1", "throttled"));
        rows.addAll(flood(lab, "0", "no throttle"));
        return new Findings(rows, "");
    }

    private static List<Row> flood(Lab lab, String factor, String mode) throws Exception {
        try (Server server = Server.startShared(lab, "login-flood", Map.of("LATCHKEY_THROTTLE_FACTOR", factor))) {
            int seconds = lab.scale(20, 5);
            var calm = new Watch(server, storeSmall(server));
            var busy = new Watch(server, calm.download);
            calm.warmUp(lab.scale(5, 2));
            calm.look(seconds / 2);
            var flood = new Flood(server, PER_SECOND, seconds);
            Crew.run(2, task -> task == 0 ? flood.run() : busy.look(seconds));
            calm.look(seconds / 2);
            return List.of(
                    row("health", mode, calm.health, busy.health),
                    row("downloads", mode, calm.downloads, busy.downloads),
                    new Row(
                            "Login flood, " + mode + ": refused as promised",
                            flood.summary(),
                            "401, or 429 and 503 with Retry-After",
                            flood.wellAnswered(),
                            Budget.atLeast(1)));
        }
    }

    private static Row row(String what, String mode, Samples calm, Samples busy) {
        return new Row(
                "Login flood, " + mode + ": p99 of " + what,
                Text.millis(busy.percentile(99)) + " (p50 " + Text.millis(busy.median()) + ")",
                "without: " + Text.millis(calm.percentile(99)) + " (p50 " + Text.millis(calm.median()) + ")",
                busy.percentile(99) / calm.percentile(99),
                Budget.atMost(3, "×"));
    }

    private static String storeSmall(Server server) throws Exception {
        byte[] bytes = new byte[20_000];
        new SplittableRandom().nextBytes(bytes);
        try (Wire wire = server.wire()) {
            Reply stored = wire.put(
                            "/api/media/raw?filename=small.bin",
                            server.token(),
                            bytes.length,
                            channel -> Wire.writeAll(channel, ByteBuffer.wrap(bytes)))
                    .expect(201);
            return "/api/media/" + stored.field("id") + "/content";
        }
    }

    /** Watches two routes at once, as other people would use them. */
    private static final class Watch {
        private final Server server;
        private final String download;
        private final Samples health = new Samples();
        private final Samples downloads = new Samples();

        Watch(Server server, String download) {
            this.server = server;
            this.download = download;
        }

        double look(int seconds) throws Exception {
            List<Samples> both = probe(seconds);
            health.addAll(both.get(0));
            downloads.addAll(both.get(1));
            return seconds;
        }

        /** A server fresh from its start would make the quiet minute look bad. */
        void warmUp(int seconds) throws Exception {
            Load.of(server.port(), "/api/health", null, 4, seconds);
            Load.of(server.port(), download, server.token(), 4, seconds);
        }

        private List<Samples> probe(int seconds) throws Exception {
            return Crew.run(
                    2,
                    route -> route == 0
                            ? Probe.run(server, "/api/health", null, seconds)
                            : Probe.run(server, download, server.token(), seconds));
        }
    }
}
