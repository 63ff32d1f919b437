package dev.latchkey.db;

import dev.latchkey.error.Problem;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Lets threads take turns at the writer, several of them in one turn where they can. The first one leads: it does its own
 * work and that of those who came while the turn before was under way. Nobody waits for company.
 */
final class Groups {
    private static final int MOST = 32;

    private final Deque<Unit<?>> waiting = new ArrayDeque<>();
    private final Consumer<List<Unit<?>>> turn;
    private final Duration patience;
    private boolean taken;

    /** @param turn gives every unit of a group its result or its failure, and throws nothing */
    Groups(Consumer<List<Unit<?>>> turn, Duration patience) {
        this.turn = turn;
        this.patience = patience;
    }

    /** @throws Problem whatever {@code work} throws, {@code busy} when its turn does not come, or why nothing stands */
    <T> T run(Function<Sql, T> work) {
        Unit<T> unit = new Unit<>(work);
        if (takeTurn(unit) || await(unit) == Unit.Call.LEAD) {
            lead(unit);
        }
        return unit.result();
    }

    private synchronized boolean takeTurn(Unit<?> unit) {
        if (taken) {
            waiting.add(unit);
            return false;
        }
        taken = true;
        return true;
    }

    private Unit.Call await(Unit<?> unit) {
        try {
            return unit.await(patience);
        } catch (TimeoutException e) {
            return leave(unit, SqlProblems.busy());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return leave(unit, Problem.unavailable("The server is stopping.", e));
        }
    }

    /** Only while nobody has begun with it; after that it has to wait for the end. */
    private Unit.Call leave(Unit<?> unit, Problem problem) {
        synchronized (this) {
            if (waiting.remove(unit)) {
                throw problem;
            }
        }
        return unit.await();
    }

    private void lead(Unit<?> first) {
        List<Unit<?>> group = group(first);
        try {
            turn.accept(group);
        } finally {
            handOver();
            group.stream().skip(1).forEach(unit -> unit.call(Unit.Call.DONE));
        }
    }

    private synchronized List<Unit<?>> group(Unit<?> first) {
        List<Unit<?>> group = new ArrayList<>();
        group.add(first);
        while (group.size() < MOST && !waiting.isEmpty()) {
            group.add(waiting.remove());
        }
        return group;
    }

    /** To whoever has waited longest. */
    private synchronized void handOver() {
        Unit<?> next = waiting.poll();
        taken = next != null;
        if (taken) {
            next.call(Unit.Call.LEAD);
        }
    }

    synchronized boolean isTaken() {
        return taken;
    }

    /** How many threads wait for their turn. */
    synchronized int waiting() {
        return waiting.size();
    }
}
