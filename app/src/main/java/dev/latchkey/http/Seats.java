package dev.latchkey.http;

import dev.latchkey.error.Problem;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who watches at the moment. Places are few, and are shared: where none is left, whoever has the most gives one up to
 * somebody who has fewer, so that no flood of streams shuts out people who want one.
 */
final class Seats {
    private static final Duration COME_BACK = Duration.ofSeconds(30);

    private final Set<EventStream> taken = ConcurrentHashMap.newKeySet();
    private final StreamLimits limits;

    Seats(StreamLimits limits) {
        this.limits = limits;
    }

    /**
     * Takes a place; one caller at a time.
     *
     * @param closed whether there are none any more
     * @throws Problem 429 {@code rate_limited} when this watcher has too many, 503 {@code busy} when all are taken
     */
    void take(EventStream stream, boolean closed) {
        Map<Object, List<EventStream>> watchers = taken.stream().collect(Collectors.groupingBy(EventStream::watcher));
        int own = watchers.getOrDefault(stream.watcher(), List.of()).size();
        if (own >= limits.ofOne()) {
            throw Problem.rateLimited(COME_BACK);
        }
        if (closed) {
            throw busy();
        }
        if (taken.size() >= limits.all()) {
            spare(watchers, own).orElseThrow(Seats::busy).end();
        }
        taken.add(stream);
    }

    /** A stream of the watcher who has the most, where that is more than the newcomer will have. */
    private static Optional<EventStream> spare(Map<Object, List<EventStream>> watchers, int own) {
        return watchers.values().stream()
                .max(Comparator.comparingInt(List::size))
                .filter(most -> most.size() > own + 1)
                .map(most -> most.get(0));
    }

    private static Problem busy() {
        return Problem.busy("Too many pages are watching at the moment. Please try again soon.", COME_BACK);
    }

    void left(EventStream stream) {
        taken.remove(stream);
    }

    boolean isEmpty() {
        return taken.isEmpty();
    }

    void forEach(Consumer<EventStream> action) {
        taken.forEach(action);
    }

    Stream<EventStream> stream() {
        return taken.stream();
    }
}
