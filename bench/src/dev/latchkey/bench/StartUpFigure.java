package dev.latchkey.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** From {@code ./run.sh} on a data folder that exists, with the jar built, to the first 200 of the readiness route. */
final class StartUpFigure implements Figure {

    @Override
    public Findings measure(Lab lab) throws Exception {
        Server.startShared(lab, "start-up", Map.of()).close();
        Path data = lab.folder().resolve("start-up");
        Server.start(lab, data, Map.of()).close();
        var seconds = new Samples();
        for (int round = 0; round < lab.scale(9, 3); round++) {
            try (Server server = Server.start(lab, data, Map.of())) {
                seconds.add(server.readySeconds());
            }
        }
        return new Findings(
                List.of(new Row(
                        "From `./run.sh` to ready, median of " + seconds.count(),
                        Text.number(seconds.median()) + " s (worst " + Text.number(seconds.percentile(100)) + " s)",
                        "",
                        seconds.median(),
                        Budget.atMost(1.0, "s"))),
                "");
    }
}
