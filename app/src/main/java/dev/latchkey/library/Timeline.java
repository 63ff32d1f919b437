package dev.latchkey.library;

import dev.latchkey.db.Database;
import dev.latchkey.error.Problem;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How many media each day of the timeline has. */
public final class Timeline {
    /** A local day that has media, and how many. */
    public record Day(LocalDate day, long count) {}

    private record Question(MediaFilter filter, ZoneId zone) {}

    private final MediaDao media = new MediaDao();
    private final Database database;
    private final Tallies<Question, Day> tallies;

    public Timeline(Database database) {
        this.database = database;
        this.tallies = new Tallies<>(database, this::count);
    }

    /**
     * Every day of {@code zone} on which something that {@code filter} lets pass was taken (or uploaded, where that is not
     * known), the last first.
     *
     * @throws Problem {@code busy} when too many others wait for a count
     */
    public List<Day> days(MediaFilter filter, ZoneId zone) {
        return tallies.of(new Question(filter, zone));
    }

    private List<Day> count(Question question) {
        MediaFilter filter = question.filter();
        Optional<String> words = Optional.ofNullable(filter.q()).flatMap(SearchWords::query);
        if (filter.q() != null && words.isEmpty()) {
            return List.of();
        }
        MediaQuery query = MediaQuery.quarters(filter, words.orElse(null));
        Map<LocalDate, Long> counts = new TreeMap<>(Comparator.reverseOrder());
        database.read(sql -> {
            media.quarters(sql, query, (start, count) -> counts.merge(day(start, question.zone()), count, Long::sum));
            return counts;
        });
        return counts.entrySet().stream()
                .map(entry -> new Day(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** All of a quarter of an hour is one day: the zones of today are a multiple of that away from UTC. */
    private static LocalDate day(Instant quarter, ZoneId zone) {
        return quarter.atZone(zone).toLocalDate();
    }
}
