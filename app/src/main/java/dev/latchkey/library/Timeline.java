package dev.latchkey.library;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.latchkey.db.Database;
import dev.latchkey.error.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How many media each day of the timeline has. A count walks all that it counts, so one is made at a time, and it is kept
 * until something is written.
 */
public final class Timeline {
    /** Some megabytes. */
    private static final int KEPT_DAYS = 100_000;

    private static final int WEIGHT_OF_QUESTION = 50;
    private static final int WAITING = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** A local day that has media, and how many. */
    public record Day(LocalDate day, long count) {}

    private record Question(MediaFilter filter, ZoneId zone) {}

    private record Answer(long commits, List<Day> days) {}

    private final MediaDao media = new MediaDao();
    private final Cache<Question, Answer> answers = Caffeine.newBuilder()
            .maximumWeight(KEPT_DAYS)
            .weigher((Question question, Answer answer) ->
                    WEIGHT_OF_QUESTION + answer.days().size())
            .build();
    private final Semaphore turn = new Semaphore(1, true);
    private final Database database;

    public Timeline(Database database) {
        this.database = database;
    }

    /**
     * Every day of {@code zone} on which something that {@code filter} lets pass was taken (or uploaded, where that is not
     * known), the last first.
     *
     * @throws Problem {@code busy} when too many others wait for a count
     */
    public List<Day> days(MediaFilter filter, ZoneId zone) {
        Question question = new Question(filter, zone);
        return kept(question).orElseGet(() -> inTurn(question));
    }

    private Optional<List<Day>> kept(Question question) {
        long commits = database.commits();
        return Optional.ofNullable(answers.getIfPresent(question))
                .filter(answer -> answer.commits() == commits)
                .map(Answer::days);
    }

    private List<Day> inTurn(Question question) {
        takeTurn();
        try {
            return kept(question).orElseGet(() -> count(question));
        } finally {
            turn.release();
        }
    }

    private void takeTurn() {
        try {
            if (turn.getQueueLength() < WAITING && turn.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw Problem.busy("Too many ask for the timeline at the moment. Please try again shortly.", PATIENCE);
    }

    private List<Day> count(Question question) {
        long commits = database.commits(); // asked first: an answer may be newer than it says, but never older
        MediaFilter filter = question.filter();
        Optional<String> words = Optional.ofNullable(filter.q()).flatMap(SearchWords::query);
        if (filter.q() != null && words.isEmpty()) {
            return List.of();
        }
        MediaQuery query = MediaQuery.quarters(filter, words.orElse(null));
        Map<LocalDate, Long> counts = new TreeMap<>(Comparator.reverseOrder());
        database.read(sql -> {
            media.quarters(
                    sql, query, (quarter, count) -> counts.merge(day(quarter, question.zone()), count, Long::sum));
            return counts;
        });
        List<Day> days = counts.entrySet().stream()
                .map(entry -> new Day(entry.getKey(), entry.getValue()))
                .toList();
        answers.put(question, new Answer(commits, days));
        return days;
    }

    /** All of a quarter of an hour is one day: the zones of today are a multiple of that away from UTC. */
    private static LocalDate day(Instant quarter, ZoneId zone) {
        return quarter.atZone(zone).toLocalDate();
    }
}
