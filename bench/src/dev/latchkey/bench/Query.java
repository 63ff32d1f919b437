package dev.latchkey.bench;

/** A page to ask for, and how long its answers took at both sizes, in milliseconds: medians of the rounds. */
final class Query {
    private static final int ASKED = 300;
    private static final long LIMIT_NANOS = 800_000_000L;

    private final String name;
    private final Side few;
    private final Side many;

    /** One server with its path: paths differ where they carry a cursor or a time. */
    static final class Side {
        private final Wire wire;
        private final byte[] request;
        private final Samples p50 = new Samples();
        private final Samples p99 = new Samples();

        Side(Wire wire, String path, String token) {
            this.wire = wire;
            this.request = wire.get(path, token);
        }

        private void ask(boolean keep) throws Exception {
            var latencies = new Samples();
            long end = System.nanoTime() + LIMIT_NANOS;
            for (int i = 0; i < ASKED && System.nanoTime() < end; i++) {
                latencies.add(Crew.millis(() -> wire.send(request).expect(200)));
            }
            if (keep) {
                p50.add(latencies.median());
                p99.add(latencies.percentile(99));
            }
        }
    }

    Query(String name, Side few, Side many) {
        this.name = name;
        this.few = few;
        this.many = many;
    }

    String name() {
        return name;
    }

    /** A round: some hundred requests to each side, fewer where they are slow. */
    void ask(boolean keep) throws Exception {
        few.ask(keep);
        many.ask(keep);
    }

    double ratio() {
        return many.p99.median() / few.p99.median();
    }

    /** A line of a Markdown table. */
    String line() {
        return "| %s | %s | %s | %s | %s | %s |"
                .formatted(
                        name,
                        Text.number(few.p50.median()),
                        Text.number(many.p50.median()),
                        Text.number(few.p99.median()),
                        Text.number(many.p99.median()),
                        Text.number(ratio()));
    }
}
