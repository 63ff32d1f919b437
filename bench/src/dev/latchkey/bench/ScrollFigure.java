package dev.latchkey.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The library page in Chromium: what its first view transfers, and how evenly it scrolls through 100,000 items. */
final class ScrollFigure implements Figure {
    private static final double FRAME = 1_000 / 60.0;

    /** How somebody moves: a name, and the script that moves by one frame, given its number. */
    private record Motion(String name, String step) {}

    private static final List<Motion> MOTIONS = List.of(
            new Motion("reading: 20 pixels a frame", "scrollBy(0, 20)"),
            new Motion("a fast wheel: 200 pixels a frame", "scrollBy(0, 200)"),
            new Motion("the scroll bar dragged from end to end", "scrollTo(0, height * (frame / frames))"),
            new Motion(
                    "leaps: another place every tenth frame",
                    "if (frame % 10 === 0) scrollTo(0, height * ((frame * 7919) % 1000) / 1000)"));

    @Override
    public Findings measure(Lab lab) throws Exception {
        var rows = new ArrayList<Row>();
        rows.add(firstView(lab));
        var details = new StringBuilder("""
                | scrolling a library of 100,000 items | frames | median, ms | p95, ms | max, ms | late | tick to picture, p95, ms | work a frame, ms |
                |---|--:|--:|--:|--:|--:|--:|--:|
                """);
        try (Server server = library(lab, 100_000);
                Page page = view(lab, server, "scroll")) {
            for (Motion motion : MOTIONS) {
                double before = page.workedSeconds();
                int moves = lab.scale(600, 200);
                FrameTrace trace = new FrameTrace(page.trace(FrameTrace.CATEGORIES, script(motion, moves)));
                double work = (page.workedSeconds() - before) * 1_000 / moves;
                details.append("| %s | %d | %.1f | %.1f | %.1f | %.0f %% | %.1f | %.1f |%n"
                        .formatted(
                                motion.name(),
                                trace.count(),
                                trace.time(0.5),
                                trace.time(0.95),
                                trace.time(1),
                                trace.late() * 100,
                                trace.delay(0.95),
                                work));
                rows.add(new Row(
                        "Scrolling 100,000 items, " + motion.name(),
                        "frame times: median %.1f ms, p95 %.1f ms, max %.1f ms"
                                .formatted(trace.time(0.5), trace.time(0.95), trace.time(1)),
                        "work of the main thread a frame",
                        work,
                        Budget.atMost(FRAME, "ms")));
            }
        }
        return new Findings(rows, details.toString());
    }

    private static Server library(Lab lab, int items) throws Exception {
        Path data = lab.fresh("scroll-" + items);
        Server.start(lab, data, Map.of()).close();
        Seed.fill(data, items);
        return Server.start(lab, data, Map.of());
    }

    private static Page view(Lab lab, Server server, String name) throws Exception {
        Page page = Page.open(lab.fresh(name), 1280, 900);
        page.go("http://127.0.0.1:" + server.port() + "/");
        page.await("document.querySelectorAll('.tile:not(.waiting)').length > 0");
        return page;
    }

    private static Row firstView(Lab lab) throws Exception {
        try (Server server = library(lab, 10_000);
                Page page = view(lab, server, "first-view")) {
            Thread.sleep(2_000); // what follows the first tiles belongs to the first view
            String[] sum = page.run("""
                    const all = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
                      .filter((each) => each.initiatorType !== 'img');
                    return `${all.length} ${all.reduce((sum, each) => sum + each.transferSize, 0)}`;
                    """).split(" ");
            return new Row(
                    "First view of 10,000 items, without pictures",
                    sum[0] + " requests",
                    "",
                    Double.parseDouble(sum[1]) / 1_000,
                    Budget.atMost(200, "kB"));
        }
    }

    private static String script(Motion motion, int moves) {
        return """
                const frames = %d;
                scrollTo(0, 0);
                await new Promise((later) => setTimeout(later, 1000));
                const height = document.documentElement.scrollHeight - innerHeight;
                await new Promise((done) => {
                  const step = (frame) => {
                    if (frame === frames) return done();
                    %s;
                    requestAnimationFrame(() => step(frame + 1));
                  };
                  requestAnimationFrame(() => step(0));
                });
                """.formatted(moves, motion.step());
    }
}
