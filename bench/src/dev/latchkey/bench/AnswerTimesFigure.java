package dev.latchkey.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How long a wrong login and a forgotten password take for somebody who is known, unknown, locked, or without a
 * password: the times have to tell nothing. The four are asked in turn, so that whatever else the machine does hits all.
 */
final class AnswerTimesFigure implements Figure {
    private static final List<String> PEOPLE = List.of("known", "unknown", "locked", "passwordless");

    @Override
    public Findings measure(Lab lab) throws Exception {
        try (Server server = Server.startShared(lab, "answer-times", Map.of("LATCHKEY_THROTTLE_FACTOR", "0"))) {
            people(server);
            var rows = new ArrayList<Row>();
            var details = new StringBuilder("""
                    | answer to | p10, ms | median, ms | p90, ms |
                    |---|--:|--:|--:|
                    """);
            rows.add(row(
                    lab,
                    server,
                    "Wrong login",
                    "/api/auth/login",
                    "{\"username\":\"%s\",\"password\":\"wrong\"}",
                    details));
            rows.add(row(
                    lab,
                    server,
                    "Forgotten password",
                    "/api/auth/password/forgot",
                    "{\"email\":\"%s@example.org\"}",
                    details));
            return new Findings(rows, details.toString());
        }
    }

    private static void people(Server server) throws IOException {
        add(server, "known", ",\"password\":\"" + Server.PASSWORD + "\"");
        add(server, "locked", ",\"password\":\"" + Server.PASSWORD + "\"");
        add(server, "passwordless", "");
        try (Wire wire = server.wire()) {
            String list = "/api/users?q=locked";
            String id = wire.send(wire.get(list, server.token())).expect(200).field("id");
            wire.json("POST", "/api/users/" + id + "/deactivate", server.token(), "{}")
                    .expect(200);
        }
    }

    private static void add(Server server, String name, String password) throws IOException {
        try (Wire wire = server.wire()) {
            String json = "{\"username\":\"%s\",\"email\":\"%s@example.org\",\"role\":\"guest\"%s}"
                    .formatted(name, name, password);
            wire.json("POST", "/api/users", server.token(), json).expect(201);
        }
    }

    private static Row row(Lab lab, Server server, String what, String path, String json, StringBuilder details)
            throws IOException {
        Map<String, Samples> times = ask(lab, server, path, json);
        var medians = new ArrayList<String>();
        times.forEach((name, samples) -> {
            medians.add(name + " " + Text.millis(samples.median()));
            details.append("| %s: %s | %s | %s | %s |\n"
                    .formatted(
                            what.toLowerCase(java.util.Locale.ROOT),
                            name,
                            Text.number(samples.percentile(10)),
                            Text.number(samples.median()),
                            Text.number(samples.percentile(90))));
        });
        double most = times.values().stream().mapToDouble(Samples::median).max().orElseThrow();
        double least =
                times.values().stream().mapToDouble(Samples::median).min().orElseThrow();
        return new Row(
                what + ", medians", String.join(", ", medians), "each other", most / least, Budget.atMost(1.1, "×"));
    }

    private static Map<String, Samples> ask(Lab lab, Server server, String path, String json) throws IOException {
        var times = new LinkedHashMap<String, Samples>();
        PEOPLE.forEach(name -> times.put(name, new Samples()));
        int rounds = lab.scale(200, 60);
        int warmUp = lab.scale(30, 10);
        try (Wire wire = server.wire()) {
            for (int round = 0; round < warmUp + rounds; round++) {
                for (String name : PEOPLE) {
                    long from = System.nanoTime();
                    wire.json("POST", path, null, json.formatted(name)).expect(200, 401);
                    if (round >= warmUp) {
                        times.get(name).add((System.nanoTime() - from) / 1e6);
                    }
                }
            }
        }
        return times;
    }
}
