package dev.latchkey.bench;

import java.util.List;
import java.util.Map;

/** What the token check costs: {@code GET /api/auth/me} with a session's token against {@code GET /api/health}. */
final class TokenFigure implements Figure {
    private static final int CONNECTIONS = 16;

    @Override
    public Findings measure(Lab lab) throws Exception {
        try (Server server = Server.startShared(lab, "token", Map.of())) {
            var me = new Route(server, "/api/auth/me", server.token(), lab.scale(5, 2));
            var health = new Route(server, "/api/health", null, lab.scale(5, 2));
            me.measure();
            health.measure();
            Duel duel = Duel.fight(lab.scale(5, 2), me, health);
            return new Findings(
                    List.of(new Row(
                            "Token check, requests a second",
                            me.describe(duel.ours()),
                            health.describe(duel.theirs()),
                            duel.ratio(),
                            Budget.atLeast(0.85))),
                    "");
        }
    }

    /** One side of the duel, which remembers its latencies. */
    private static final class Route implements Duel.Side {
        private final Server server;
        private final String path;
        private final String token;
        private final int seconds;
        private final Samples p50 = new Samples();
        private final Samples p99 = new Samples();

        Route(Server server, String path, String token, int seconds) {
            this.server = server;
            this.path = path;
            this.token = token;
            this.seconds = seconds;
        }

        @Override
        public double measure() throws Exception {
            Load load = Load.of(server.port(), path, token, CONNECTIONS, seconds);
            p50.add(load.p50());
            p99.add(load.p99());
            return load.perSecond();
        }

        String describe(double perSecond) {
            return "`GET " + path + "` " + Text.perSecond(perSecond) + " (p50 " + Text.millis(p50.median()) + ", p99 "
                    + Text.millis(p99.median()) + ")";
        }
    }
}
