package dev.latchkey.bench;

/** Asks for one path at a steady pace and notes how long each answer took, in milliseconds. */
final class Probe {
    private static final long EVERY_NANOS = 8_000_000;

    private Probe() {}

    static Samples run(Server server, String path, String token, int seconds) throws Exception {
        var latencies = new Samples();
        long start = System.nanoTime();
        try (Wire wire = server.wire()) {
            byte[] request = wire.get(path, token);
            for (long at = 0; at < seconds * 1_000_000_000L; at += EVERY_NANOS) {
                Pace.await(start + at);
                latencies.add(Crew.millis(() -> wire.send(request).expect(200)));
            }
        }
        return latencies;
    }
}
