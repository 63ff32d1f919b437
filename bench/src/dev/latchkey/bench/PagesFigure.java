package dev.latchkey.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Pages of the library, of the search and of the audit log, with a thousand rows and with a million. */
final class PagesFigure implements Figure {
    private static final String MEDIA = "/api/media";
    private static final String AUDIT = "/api/audit";
    private static final int LONGEST_PAGE = 200;

    @Override
    public Findings measure(Lab lab) throws Exception {
        int few = 1_000;
        int many = lab.scale(1_000_000, 100_000);
        try (Shelf small = Shelf.fill(lab, few);
                Shelf large = Shelf.fill(lab, many)) {
            List<Query> media = queries(small.paths(MEDIA, mediaFilters(few)), large.paths(MEDIA, mediaFilters(many)));
            List<Query> audit = queries(small.paths(AUDIT, auditFilters(few)), large.paths(AUDIT, auditFilters(many)));
            ask(lab, media);
            ask(lab, audit);
            return new Findings(
                    List.of(row("Library pages", many, media), row("Audit pages", many, audit)),
                    table(few, many, media, audit));
        }
    }

    private static Map<String, String> mediaFilters(int rows) {
        var filters = new LinkedHashMap<String, String>();
        filters.put("one kind", "kind=video");
        filters.put("a rare kind", "kind=other");
        filters.put("one uploader", "uploader_id=" + Seed.UPLOADER);
        filters.put("one kind of one uploader", "kind=image&uploader_id=" + Seed.UPLOADER);
        filters.put("a common tag", "tag=" + Seed.COMMON_TAG);
        filters.put("a rare tag", "tag=" + Seed.RARE_TAG);
        filters.put("from and to", "from=" + middle(rows, -100) + "&to=" + middle(rows, 100));
        filters.put("oldest first", "order=oldest");
        filters.put("by name", "order=name");
        filters.put("by size", "order=size");
        filters.put("the timeline", "order=taken");
        filters.put("the timeline before some time", "order=taken&taken_to=" + middle(rows, 0));
        filters.put("the timeline of one kind", "order=taken&kind=video");
        filters.put("the timeline of one uploader", "order=taken&uploader_id=" + Seed.UPLOADER);
        filters.put("the timeline of a common tag", "order=taken&tag=" + Seed.COMMON_TAG);
        filters.put("one kind by name", "order=name&kind=video");
        filters.put("one uploader by size", "order=size&uploader_id=" + Seed.UPLOADER);
        filters.put("a common tag by name", "order=name&tag=" + Seed.COMMON_TAG);
        filters.put("a common word", "q=" + Seed.COMMON_WORD);
        filters.put("a rare word", "q=" + Seed.RARE_WORD);
        filters.put("a short prefix of a common word", "q=" + Seed.COMMON_WORD.substring(0, 2));
        filters.put("a long prefix of a common word", "q=" + Seed.COMMON_WORD.substring(0, 5));
        filters.put("a common and a rare word", "q=" + Seed.COMMON_WORD + "+" + Seed.RARE_WORD);
        filters.put("two common words", "q=" + Seed.COMMON_WORD + "+place");
        filters.put("a common word by name", "order=name&q=" + Seed.COMMON_WORD);
        filters.put("a common word of one kind", "kind=video&q=" + Seed.COMMON_WORD);
        return filters;
    }

    private static Map<String, String> auditFilters(int rows) {
        var filters = new LinkedHashMap<String, String>();
        filters.put("one actor", "actor_id=" + Seed.UPLOADER);
        filters.put("one action", "action=media.upload");
        filters.put("a rare action", "action=" + Seed.RARE_ACTION);
        filters.put("one actor and action", "actor_id=" + Seed.UPLOADER + "&action=media.upload");
        filters.put("one actor and a rare action", "actor_id=" + Seed.UPLOADER + "&action=" + Seed.RARE_ACTION);
        filters.put("since and until", "since=" + middle(rows, -100) + "&until=" + middle(rows, 100));
        return filters;
    }

    private static Instant middle(int rows, int minutes) {
        return Instant.ofEpochMilli(Seed.at(rows / 2 + minutes));
    }

    private static List<Query> queries(Map<String, Query.Side> few, Map<String, Query.Side> many) {
        return few.entrySet().stream()
                .map(each -> new Query(each.getKey(), each.getValue(), many.get(each.getKey())))
                .toList();
    }

    private static void ask(Lab lab, List<Query> queries) throws Exception {
        int warmUps = lab.scale(3, 1);
        for (int round = 0; round < warmUps + lab.scale(7, 3); round++) {
            for (Query query : queries) {
                query.ask(round >= warmUps);
            }
        }
    }

    private static Row row(String what, int many, List<Query> queries) {
        Query worst = queries.stream().max(Comparator.comparing(Query::ratio)).orElseThrow();
        long met = queries.stream().filter(query -> query.ratio() <= 2).count();
        return new Row(
                "%s, p99 with %,d rows to 1,000".formatted(what, many),
                "%d of %d queries within 2×; worst: %s".formatted(met, queries.size(), worst.name()),
                "",
                worst.ratio(),
                Budget.atMost(2, "×"));
    }

    private static String table(int few, int many, List<Query> media, List<Query> audit) {
        return """
                | query | p50 at %1$,d rows, ms | p50 at %2$,d | p99 at %1$,d | p99 at %2$,d | p99 ratio |
                |---|--:|--:|--:|--:|--:|
                """.formatted(few, many) + lines("library: ", media) + lines("audit: ", audit);
    }

    private static String lines(String prefix, List<Query> queries) {
        return queries.stream()
                .map(query -> query.line().replaceFirst("\\| ", "| " + prefix) + "\n")
                .collect(Collectors.joining());
    }

    /** A server whose database holds that many media and as many audit rows. */
    private record Shelf(Server server, Wire wire, int rows) implements AutoCloseable {

        static Shelf fill(Lab lab, int rows) throws Exception {
            Path data = lab.fresh("pages-" + rows);
            String token;
            try (Server empty = Server.start(lab, data, Map.of())) {
                empty.setUp();
                token = empty.token();
            }
            Seed.fill(data, rows);
            Server server = Server.start(lab, data, Map.of());
            server.useToken(token);
            return new Shelf(server, server.wire(), rows);
        }

        Map<String, Query.Side> paths(String base, Map<String, String> filters) throws IOException {
            var sides = new LinkedHashMap<String, Query.Side>();
            sides.put("first page", side(base));
            sides.put("a page half way down", side(base + "?cursor=" + deepCursor(base)));
            for (var filter : filters.entrySet()) {
                sides.put(filter.getKey(), side(base + "?" + filter.getValue()));
            }
            return sides;
        }

        private Query.Side side(String path) throws IOException {
            Reply page = wire.send(wire.get(path, server.token())).expect(200);
            if (page.field("id") == null) {
                throw new IOException(path + " finds nothing, so it would measure nothing");
            }
            return new Query.Side(wire, path, server.token());
        }

        private String deepCursor(String base) throws IOException {
            String cursor = null;
            for (int seen = 0; seen < rows / 2; seen += LONGEST_PAGE) {
                String from = cursor == null ? "" : "&cursor=" + cursor;
                cursor = wire.send(wire.get(base + "?limit=" + LONGEST_PAGE + from, server.token()))
                        .expect(200)
                        .field("next_cursor");
            }
            return cursor;
        }

        @Override
        public void close() throws IOException {
            wire.close();
            server.close();
        }
    }
}
