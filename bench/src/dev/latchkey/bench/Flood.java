package dev.latchkey.bench;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** Wrong logins at a fixed rate from one address, whatever the answers take, and a count of what came back. */
final class Flood {
    private static final int SENDERS = 64;

    private final Server server;
    private final int perSecond;
    private final int total;
    private final AtomicLong tickets = new AtomicLong();
    private final Map<String, LongAdder> answers = new ConcurrentHashMap<>();
    private final LongAccumulator lastSent = new LongAccumulator(Math::max, Long.MIN_VALUE);
    private double reached;

    Flood(Server server, int perSecond, int seconds) {
        this.server = server;
        this.perSecond = perSecond;
        this.total = perSecond * seconds;
    }

    /** Sends them all and waits for the answers; gives back how many went out a second. */
    double run() throws Exception {
        long start = System.nanoTime();
        Crew.run(SENDERS, sender -> send(start));
        reached = total * 1e9 / (lastSent.get() - start);
        return reached;
    }

    /** For instance {@code 200/s sent: 5 × 401, 3,995 × 429 with Retry-After}. */
    String summary() {
        return Text.perSecond(reached) + " sent: "
                + new TreeMap<>(answers)
                        .entrySet().stream()
                                .map(each ->
                                        "%,d × %s".formatted(each.getValue().sum(), each.getKey()))
                                .collect(Collectors.joining(", "));
    }

    /** The share of answers that are a plain refusal, or one that says when to come back. */
    double wellAnswered() {
        long good = answers.entrySet().stream()
                .filter(each -> each.getKey().matches("401|(429|503) with Retry-After"))
                .mapToLong(each -> each.getValue().sum())
                .sum();
        return (double) good / total;
    }

    private int send(long start) throws Exception {
        int sent = 0;
        try (Wire wire = server.wire()) {
            for (long ticket = tickets.getAndIncrement(); ticket < total; ticket = tickets.getAndIncrement()) {
                Pace.await(start + ticket * 1_000_000_000L / perSecond);
                lastSent.accumulate(System.nanoTime());
                answers.computeIfAbsent(answer(wire, ticket), key -> new LongAdder())
                        .increment();
                sent++;
            }
        }
        return sent;
    }

    private static String answer(Wire wire, long ticket) {
        String name = ticket % 2 == 0 ? "admin" : "nobody" + ticket;
        String json = "{\"username\":\"" + name + "\",\"password\":\"wrong password " + ticket + "\"}";
        try {
            Reply reply = wire.json("POST", "/api/auth/login", null, json);
            return reply.status() + (reply.header("Retry-After") == null ? "" : " with Retry-After");
        } catch (IOException e) {
            return "no answer (" + e.getMessage() + ")";
        }
    }
}
