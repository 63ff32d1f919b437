package dev.latchkey.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A page of a list walks an index in its order and stops: it never sorts what it does not show. */
class QueryPlanTest {
    @TempDir
    static Path parent;

    private static final Span NOW = new Span(Instant.EPOCH, Instant.EPOCH);

    private static LibraryWorld world;

    @BeforeAll
    static void open() {
        world = new LibraryWorld(parent);
    }

    @AfterAll
    static void close() {
        world.close();
    }

    static Stream<Arguments> lists() {
        Instant time = Instant.EPOCH;
        List<Arguments> lists = new ArrayList<>();
        for (MediaOrder order : MediaOrder.values()) {
            String suffix = switch (order) {
                case NEWEST, OLDEST -> "time";
                case TAKEN -> "timeline";
                case NAME -> "name";
                case SIZE -> "size";
            };
            for (boolean bounded : new boolean[] {false, true}) {
                Span from = bounded ? new Span(time, time) : null;
                lists.add(list(order, "media_by_" + suffix, null, null, null, from));
                lists.add(list(order, "media_by_kind_" + suffix, Kind.IMAGE, null, null, from));
                lists.add(list(order, "media_by_uploader_" + suffix, null, 1L, null, from));
                lists.add(list(order, "media_tags_by_" + suffix, null, null, "sea", from));
                lists.add(list(order, "media_tags_by_" + suffix, Kind.IMAGE, 1L, "sea", from));
            }
        }
        return lists.stream();
    }

    private static Arguments list(MediaOrder order, String index, Kind kind, Long uploader, String tag, Span bound) {
        return Arguments.of(order, index, new MediaFilter(kind, uploader, tag, bound, bound, null));
    }

    @ParameterizedTest(name = "{0} by {1}")
    @MethodSource("lists")
    void each_list_walks_its_index(MediaOrder order, String index, MediaFilter filter) {
        Object key = order == MediaOrder.NAME ? "a" : Long.valueOf(1);
        for (MediaCursor after : new MediaCursor[] {null, new MediaCursor(key, 1)}) {
            walks(index, plan(MediaQuery.page(filter, null, null, order, after, 50)));
            if (!order.isByUpload()) {
                walks(index, plan(MediaQuery.page(filter, "\"a\"*", SearchPlan.TRY_ROWS, order, after, 50)));
            }
        }
    }

    private static void walks(String index, List<String> plan) {
        assertThat(plan).as("%s", plan).noneMatch(step -> step.contains("TEMP B-TREE"));
        assertThat(plan.get(0)).containsPattern(index + "( |$)");
    }

    @ParameterizedTest
    @MethodSource("filtersOfSearches")
    void a_search_by_time_reads_the_full_text_index_in_its_order(MediaFilter filter) {
        for (MediaOrder order : List.of(MediaOrder.NEWEST, MediaOrder.OLDEST)) {
            for (MediaCursor after : new MediaCursor[] {null, new MediaCursor(1L, 1)}) {
                List<String> plan = plan(MediaQuery.page(filter, "\"a\"*", SearchPlan.READ_IN_ORDER, order, after, 50));

                assertThat(plan).as("%s", plan).noneMatch(step -> step.contains("TEMP B-TREE"));
                assertThat(plan.get(0)).contains("SCAN s VIRTUAL TABLE INDEX");
            }
        }
    }

    static Stream<MediaFilter> filtersOfSearches() {
        return Stream.of(
                MediaFilter.NONE,
                new MediaFilter(Kind.IMAGE, 1L, "sea", NOW, NOW, null),
                new MediaFilter(null, null, "sea", null, null, null));
    }

    static Stream<Arguments> counts() {
        return Stream.of(
                Arguments.of("media_by_timeline ", MediaFilter.NONE),
                Arguments.of("media_by_kind_timeline ", new MediaFilter(Kind.IMAGE, null, null, null, null, null)),
                Arguments.of("media_by_uploader_timeline ", new MediaFilter(null, 1L, null, null, null, null)),
                Arguments.of("media_tags_by_timeline ", new MediaFilter(null, null, "sea", null, null, null)),
                Arguments.of("media_by_timeline ", new MediaFilter(null, null, null, null, NOW, null)),
                Arguments.of("media_by_kind_timeline ", new MediaFilter(Kind.IMAGE, null, null, NOW, NOW, null)),
                Arguments.of("media_by_uploader_timeline ", new MediaFilter(null, 1L, null, NOW, NOW, null)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("counts")
    void a_count_of_the_timeline_reads_its_index(String index, MediaFilter filter) {
        List<String> plan = plan(MediaQuery.quarters(filter, null));

        assertThat(plan.get(0)).contains(index);
    }

    @Test
    void whether_a_deletion_is_asked_for_is_seen_in_the_index_of_what_waits() {
        List<String> plan = plan(MediaQuery.page(MediaFilter.NONE, null, null, MediaOrder.NEWEST, null, 50));

        assertThat(plan)
                .anyMatch(step -> step.contains("SEARCH d USING INDEX deletion_requests_pending")
                        || step.contains("SEARCH d USING COVERING INDEX deletion_requests_pending"));
    }

    @Test
    void requests_to_delete_walk_their_index() {
        for (DeletionRequest.Status status : new DeletionRequest.Status[] {null, DeletionRequest.Status.PENDING}) {
            Object[] parameters = status == null ? new Object[] {1L, 50} : new Object[] {status, 1L, 50};
            List<String> plan = plan(DeletionRequestDao.listSql(status), parameters);

            assertThat(plan).as("%s", plan).noneMatch(step -> step.contains("TEMP B-TREE"));
            assertThat(plan.get(0)).contains(status == null ? "USING INTEGER PRIMARY KEY" : "deletion_requests_");
        }
    }

    @Test
    void old_requests_to_delete_are_found_by_their_index() {
        List<String> plan = plan(DeletionRequestDao.DELETE_DECIDED, 1L, 50);

        assertThat(plan).anyMatch(step -> step.contains("deletion_requests_by_decision"));
    }

    @Test
    void tags_are_counted_in_their_index() {
        List<String> plan = plan(TagDao.BEGINNING, "a", 50);

        assertThat(plan).anyMatch(step -> step.contains("SEARCH media_tags USING COVERING INDEX media_tags_by_"));
        assertThat(plan).anyMatch(step -> step.contains("SEARCH m USING COVERING INDEX media_trash"));
    }

    @Test
    void the_trash_walks_its_index() {
        for (Long onlyOf : new Long[] {null, 1L}) {
            List<String> plan = plan(MediaDao.trashSql(onlyOf), 1L, 1L, onlyOf, 50);

            assertThat(plan).as("%s", plan).noneMatch(step -> step.contains("TEMP B-TREE"));
            assertThat(plan.get(0)).contains(onlyOf == null ? "media_trash " : "media_trash_by_uploader ");
        }
    }

    private static List<String> plan(MediaQuery query) {
        return plan(query.sql(), query.parameters());
    }

    private static List<String> plan(String select, Object... parameters) {
        return world.database.read(
                sql -> sql.list("EXPLAIN QUERY PLAN " + select, row -> row.text("detail"), parameters));
    }
}
