package dev.latchkey.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimelineTest {
    @TempDir
    Path parent;

    private LibraryWorld world;
    private Timeline timeline;

    @BeforeEach
    void open() {
        world = new LibraryWorld(parent);
        timeline = new Timeline(world.database);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private Media taken(String at) {
        Media media = world.stored(world.owner(), "photo.txt", at);
        world.took(media.id(), Instant.parse(at));
        return media;
    }

    private String days(MediaFilter filter, String zone) {
        StringBuilder text = new StringBuilder();
        timeline.days(filter, ZoneId.of(zone))
                .forEach(day ->
                        text.append(day.day()).append('=').append(day.count()).append(' '));
        return text.toString().strip();
    }

    private String days(String zone) {
        return days(MediaFilter.NONE, zone);
    }

    /** The zone, the last moment of a local day, the first of the next one, and that day. */
    private static final String MIDNIGHTS = """
            UTC                2026-03-28T23:59:59.999Z 2026-03-29T00:00:00Z 2026-03-29
            Europe/Berlin      2026-03-28T22:59:59.999Z 2026-03-28T23:00:00Z 2026-03-29
            Europe/Berlin      2026-03-29T21:59:59.999Z 2026-03-29T22:00:00Z 2026-03-30
            Europe/Berlin      2026-10-25T22:59:59.999Z 2026-10-25T23:00:00Z 2026-10-26
            Asia/Kolkata       2026-06-30T18:29:59.999Z 2026-06-30T18:30:00Z 2026-07-01
            Asia/Kathmandu     2026-06-30T18:14:59.999Z 2026-06-30T18:15:00Z 2026-07-01
            America/St_Johns   2026-07-01T02:29:59.999Z 2026-07-01T02:30:00Z 2026-07-01
            Pacific/Kiritimati 2026-06-30T09:59:59.999Z 2026-06-30T10:00:00Z 2026-07-01
            UTC                1969-12-31T23:59:59.999Z 1970-01-01T00:00:00Z 1970-01-01
            UTC                1926-06-30T23:59:59.999Z 1926-07-01T00:00:00Z 1926-07-01
            """;

    @Test
    void a_day_begins_at_midnight_there() {
        MIDNIGHTS.lines().map(line -> line.split(" +")).forEach(word -> {
            long before = taken(word[1]).id();
            long after = taken(word[2]).id();

            assertThat(days(word[0])).as(word[0]).startsWith(word[3] + "=1 ").endsWith("=1");

            world.library.trash(world.owner(), before);
            world.library.trash(world.owner(), after);
        });
    }

    /** In Havana clocks go back from one in the night to midnight, so two hours belong to the beginning of that day. */
    @Test
    void an_hour_that_comes_twice_belongs_to_its_day() {
        for (String at : List.of("2026-11-01T04:30:00Z", "2026-11-01T05:30:00Z", "2026-11-01T03:59:00Z")) {
            taken(at);
        }

        assertThat(days("America/Havana")).isEqualTo("2026-11-01=2 2026-10-31=1");
    }

    @Test
    void what_does_not_tell_stands_where_it_was_uploaded() {
        world.stored(world.owner(), "letter.txt", "letter");
        taken("2020-01-01T12:00:00Z");

        assertThat(days("UTC")).isEqualTo("2026-11-21=1 2020-01-01=1");
    }

    @Test
    void filters_narrow_it_as_they_do_the_list() {
        Media media = taken("2020-01-01T12:00:00Z");
        taken("2020-01-02T12:00:00Z");
        world.library.edit(
                world.owner(),
                media.id(),
                new MediaChange(Optional.of("Lighthouse"), null, Optional.of(List.of("Sea"))));
        Span second = new Span(Instant.parse("2020-01-02T12:00:00Z"), null);

        assertThat(days(new MediaFilter(null, null, "sea", null, null, null), "UTC"))
                .isEqualTo("2020-01-01=1");
        assertThat(days(new MediaFilter(null, null, null, null, null, "light"), "UTC"))
                .isEqualTo("2020-01-01=1");
        assertThat(days(new MediaFilter(null, null, "sea", null, null, "light"), "UTC"))
                .isEqualTo("2020-01-01=1");
        assertThat(days(new MediaFilter(null, null, "sea", null, second, null), "UTC"))
                .isEmpty();
        assertThat(days(new MediaFilter(null, null, null, null, second, null), "UTC"))
                .isEqualTo("2020-01-02=1");
        assertThat(days(new MediaFilter(Kind.IMAGE, null, null, null, null, null), "UTC"))
                .isEmpty();
        assertThat(days(new MediaFilter(null, 7L, null, null, null, null), "UTC"))
                .isEmpty();
        assertThat(days(new MediaFilter(null, null, null, null, null, "***"), "UTC"))
                .isEmpty();
    }

    @Test
    void every_change_is_seen_at_once() {
        Media media = taken("2020-01-01T12:00:00Z");
        assertThat(days("UTC")).isEqualTo("2020-01-01=1");
        assertThat(days("UTC")).isEqualTo("2020-01-01=1");
        world.took(media.id(), Instant.parse("2021-01-01T12:00:00Z"));
        assertThat(days("UTC")).isEqualTo("2021-01-01=1");
        world.library.trash(world.owner(), media.id());
        assertThat(days("UTC")).isEmpty();
        world.trash.restore(world.owner(), media.id());
        assertThat(days("UTC")).isEqualTo("2021-01-01=1");
    }

    @Test
    void many_who_ask_at_once_get_their_answer_in_turn_or_are_told_to_come_back() throws Exception {
        taken("2020-01-01T12:00:00Z");
        ExecutorService crowd = Executors.newFixedThreadPool(60);
        try {
            List<Callable<String>> askers = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                String q = "photo" + " photo".repeat(i);
                askers.add(() -> LibraryWorld.outcome(
                        () -> assertThat(days(new MediaFilter(null, null, null, null, null, q), "UTC"))
                                .isEqualTo("2020-01-01=1")));
            }
            List<String> outcomes = new ArrayList<>();
            for (Future<String> answer : crowd.invokeAll(askers)) {
                outcomes.add(answer.get());
            }
            assertThat(outcomes).contains("done").isSubsetOf("done", "busy");
        } finally {
            crowd.shutdownNow();
        }
    }
}
