package dev.latchkey.bench;

/** A closed loop of blocking connections, one thread each: what stands in for wrk. */
final class OwnLoad {
    private OwnLoad() {}

    static Load run(int port, String path, String token, int connections, int seconds) throws Exception {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        var all = new Samples();
        for (Samples each : Crew.run(connections, worker -> ask(port, path, token, end))) {
            all.addAll(each);
        }
        return new Load((double) all.count() / seconds, all.median(), all.percentile(99));
    }

    private static Samples ask(int port, String path, String token, long end) throws Exception {
        var latencies = new Samples();
        try (var wire = new Wire(port)) {
            byte[] request = wire.get(path, token);
            while (System.nanoTime() < end) {
                latencies.add(Crew.millis(() -> wire.send(request).expect(200)));
            }
        }
        return latencies;
    }
}
