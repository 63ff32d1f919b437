package dev.latchkey.bench;

/** What a closed loop of keep-alive connections got: answers a second, and latencies in milliseconds. */
record Load(double perSecond, double p50, double p99) {

    /** Asks for one path for that long, with wrk where it is installed, else by this JVM's own threads. */
    static Load of(int port, String path, String token, int connections, int seconds) throws Exception {
        return Wrk.present()
                ? Wrk.run(port, path, token, connections, seconds)
                : OwnLoad.run(port, path, token, connections, seconds);
    }
}
