package dev.latchkey.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Role;
import dev.latchkey.session.Caller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Every list is compared with what a plain loop over all media finds. */
class MediaListTest {
    private static final Instant START = Instant.parse("2026-11-21T00:00:00Z");
    private static final List<String> NAMES =
            List.of("Beach.jpg", "beach.jpg", "Zebra.png", "ant.txt", "film.mp4", "Lied.mp3");
    private static final List<String> TAGS = List.of("Sea", "family", "2026");

    private static Path folder;
    private static LibraryWorld world;
    private static List<Media> all;
    private static List<Caller> people;

    @BeforeContainer
    static void fill() throws IOException {
        folder = Files.createTempDirectory("latchkey-list");
        world = new LibraryWorld(folder);
        people = List.of(world.owner(), world.person("anna", Role.MEMBER), world.person("ben", Role.MEMBER));
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            if (i % 3 == 0) {
                world.pass(Duration.ofSeconds(1)); // some come at the same time, and some sizes are the same
            }
            String head = i % 5 == 0 ? "\u00ff" : "";
            Media media = world.stored(people.get(i % 3), NAMES.get(i % NAMES.size()), head + "x".repeat(i % 7) + i);
            List<String> tags = TAGS.subList(0, i % (TAGS.size() + 1));
            MediaChange change = new MediaChange(Optional.of("title " + i % 4), null, Optional.of(tags));
            world.library.edit(world.owner(), media.id(), change);
            if (i % 4 == 1) {
                world.took(media.id(), START.plusSeconds(i * 7 % 23)); // some of them at the same time, again
            }
            if (i % 11 == 10) {
                world.library.trash(world.owner(), media.id());
            } else {
                ids.add(media.id());
            }
        }
        all = ids.stream().map(world.library::one).toList();
    }

    @AfterContainer
    static void clean() throws IOException {
        world.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Provide
    Arbitrary<MediaFilter> filters() {
        Arbitrary<Instant> times = Arbitraries.integers().between(0, 22).map(START::plusSeconds);
        Arbitrary<Span> spans = Combinators.combine(times.injectNull(0.5), times.injectNull(0.5))
                .as(Span::new)
                .injectNull(0.6);
        return Combinators.combine(
                        Arbitraries.of(Kind.class).injectNull(0.6),
                        Arbitraries.of(1L, 2L, 99L).injectNull(0.6),
                        Arbitraries.of("sea", "SEA", "family", "2026", "none").injectNull(0.6),
                        spans,
                        spans,
                        Arbitraries.of("title", "titl", "beach", "tit 2", "sea jpg", "nothing", "xyz", "film mp")
                                .injectNull(0.5))
                .as(MediaFilter::new);
    }

    @Property(tries = 300)
    void every_list_is_what_a_plain_loop_finds(
            @ForAll("filters") MediaFilter filter,
            @ForAll MediaOrder order,
            @ForAll @IntRange(min = 1, max = 20) int page) {
        List<Long> expected = all.stream()
                .filter(media -> fits(media, filter))
                .sorted(comparator(order))
                .map(Media::id)
                .toList();

        assertThat(pages(filter, order, page)).isEqualTo(expected);
    }

    @Property(tries = 200)
    void every_plan_of_a_search_finds_the_same_in_the_same_order(
            @ForAll("filters") MediaFilter filter, @ForAll MediaOrder order) {
        Assume.that(filter.q() != null);
        String search = SearchWords.query(filter.q()).orElseThrow();

        SearchPlan other = order.isByUpload() ? SearchPlan.READ_IN_ORDER : SearchPlan.TRY_ROWS;
        List<Media> all = page(filter, search, SearchPlan.SORT_MATCHES, order, null);
        assertThat(page(filter, search, other, order, null)).isEqualTo(all);
        if (!all.isEmpty()) {
            MediaCursor after = MediaCursor.of(all.get(all.size() / 2), order);
            assertThat(page(filter, search, other, order, after))
                    .isEqualTo(page(filter, search, SearchPlan.SORT_MATCHES, order, after))
                    .isEqualTo(all.subList(all.size() / 2 + 1, all.size()));
        }
    }

    private static List<Media> page(
            MediaFilter filter, String search, SearchPlan plan, MediaOrder order, MediaCursor after) {
        MediaQuery query = MediaQuery.page(filter, search, plan, order, after, 100);
        return world.database.read(sql -> new MediaDao().list(sql, query));
    }

    private static List<Long> pages(MediaFilter filter, MediaOrder order, int page) {
        List<Long> ids = new ArrayList<>();
        MediaCursor after = null;
        while (true) {
            List<Media> rows = world.library.list(filter, order, after, page);
            rows.forEach(media -> ids.add(media.id()));
            if (rows.size() < page) {
                return ids;
            }
            after = MediaCursor.of(rows.get(page - 1), order);
        }
    }

    private static boolean fits(Media media, MediaFilter filter) {
        return (filter.kind() == null || media.kind() == filter.kind())
                && (filter.uploaderId() == null || media.belongsTo(filter.uploaderId()))
                && (filter.tag() == null || media.tags().stream().anyMatch(filter.tag()::equalsIgnoreCase))
                && within(media.uploadedAt(), filter.uploaded())
                && within(media.timelineAt(), filter.taken())
                && (filter.q() == null || hasWords(media, filter.q()));
    }

    private static boolean within(Instant time, Span span) {
        return (span.from() == null || !time.isBefore(span.from())) && (span.to() == null || time.isBefore(span.to()));
    }

    private static boolean hasWords(Media media, String q) {
        String text = media.filename() + " " + media.title() + " " + String.join(" ", media.tags());
        List<String> words = List.of(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"));
        String[] wanted = q.split(" ");
        for (int i = 0; i < wanted.length; i++) {
            String word = wanted[i];
            boolean last = i == wanted.length - 1;
            if (words.stream().noneMatch(one -> last ? one.startsWith(word) : one.equals(word))) {
                return false;
            }
        }
        return true;
    }

    private static Comparator<Media> comparator(MediaOrder order) {
        Comparator<Media> byTime = Comparator.comparing(Media::uploadedAt).thenComparing(Media::id);
        return switch (order) {
            case NEWEST -> byTime.reversed();
            case OLDEST -> byTime;
            case TAKEN ->
                Comparator.comparing(Media::timelineAt).thenComparing(Media::id).reversed();
            case NAME ->
                Comparator.comparing((Media media) -> media.filename().toLowerCase(Locale.ROOT))
                        .thenComparing(Media::id);
            case SIZE ->
                Comparator.comparing(Media::sizeBytes).thenComparing(Media::id).reversed();
        };
    }
}
