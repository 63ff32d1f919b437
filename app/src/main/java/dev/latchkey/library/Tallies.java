package dev.latchkey.library;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.latchkey.db.Database;
import dev.latchkey.error.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Answers that take a walk over all that they count. One is made at a time, so that nobody can keep the server busy with
 * them, and it is kept until something is written.
 *
 * @param <Q> what is asked, with {@code equals}
 * @param <R> one row of an answer
 */
final class Tallies<Q, R> {
    /** Some megabytes. */
    private static final int KEPT_ROWS = 100_000;

    private static final int WEIGHT_OF_QUESTION = 50;
    private static final int WAITING = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private record Answer<R>(long commits, List<R> rows) {}

    private final Cache<Q, Answer<R>> answers = Caffeine.newBuilder()
            .maximumWeight(KEPT_ROWS)
            .weigher((Q question, Answer<R> answer) ->
                    WEIGHT_OF_QUESTION + answer.rows().size())
            .build();
    private final Semaphore turn = new Semaphore(1, true);
    private final Database database;
    private final Function<Q, List<R>> count;

    Tallies(Database database, Function<Q, List<R>> count) {
        this.database = database;
        this.count = count;
    }

    /** What the library has at this moment. @throws Problem {@code busy} when too many others wait for a count */
    List<R> of(Q question) {
        return kept(question).orElseGet(() -> inTurn(question));
    }

    private Optional<List<R>> kept(Q question) {
        long commits = database.commits();
        return Optional.ofNullable(answers.getIfPresent(question))
                .filter(answer -> answer.commits() == commits)
                .map(Answer::rows);
    }

    private List<R> inTurn(Q question) {
        takeTurn();
        try {
            return kept(question).orElseGet(() -> counted(question));
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
        throw Problem.busy("Too many are counting at the moment. Please try again shortly.", PATIENCE);
    }

    private List<R> counted(Q question) {
        long commits = database.commits(); // asked first: an answer may be newer than it says, but never older
        List<R> rows = count.apply(question);
        answers.put(question, new Answer<>(commits, rows));
        return rows;
    }
}
