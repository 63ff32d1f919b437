package dev.latchkey.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

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
                | scrolling a library of 100,000 items | frames | median, ms | p95, ms | max, ms | work a frame, ms |
                |---|--:|--:|--:|--:|--:|
                """);
        try (Server server = library(lab, 100_000);
                Page page = view(lab, server, "scroll")) {
            for (Motion motion : MOTIONS) {
                double before = page.workedSeconds();
                List<Double> frames = frames(page, motion, lab.scale(600, 200));
                double p95 = at(frames, 0.95);
                double work = (page.workedSeconds() - before) * 1_000 / frames.size();
                details.append("| %s | %d | %.1f | %.1f | %.1f | %.1f |%n"
                        .formatted(motion.name(), frames.size(), at(frames, 0.5), p95, at(frames, 1), work));
                rows.add(new Row(
                        "Scrolling 100,000 items, " + motion.name(),
                        "frame times: median %.1f ms, p95 %.1f ms, max %.1f ms"
                                .formatted(at(frames, 0.5), p95, at(frames, 1)),
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

    private static List<Double> frames(Page page, Motion motion, int count) throws Exception {
        String times = page.run("""
                const frames = %d;
                scrollTo(0, 0);
                await new Promise((later) => setTimeout(later, 1000));
                const height = document.documentElement.scrollHeight - innerHeight;
                const times = [];
                await new Promise((done) => {
                  const step = (time, frame = times.length) => {
                    times.push(time);
                    if (frame === frames) return done();
                    %s;
                    requestAnimationFrame((next) => step(next));
                  };
                  requestAnimationFrame((first) => step(first));
                });
                return times.join(' ');
                """.formatted(count, motion.step()));
        List<Double> at = Stream.of(times.split(" ")).map(Double::valueOf).toList();
        var between = new ArrayList<Double>();
        for (int i = 1; i < at.size(); i++) {
            between.add(at.get(i) - at.get(i - 1));
        }
        between.sort(null);
        return between;
    }

    private static double at(List<Double> sorted, double share) {
        return sorted.get((int) Math.min(sorted.size() - 1, Math.floor(share * sorted.size())));
    }
}
