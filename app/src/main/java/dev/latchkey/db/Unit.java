package dev.latchkey.db;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** One piece of work for the writer, which may be done by another thread than the one that waits for it. */
final class Unit<T> {
    /** What its thread is woken up for. */
    enum Call {
        LEAD,
        DONE
    }

    private final Function<Sql, T> work;
    private final CompletableFuture<Call> call = new CompletableFuture<>();
    private T result;
    private boolean stands;
    private Throwable failure;

    Unit(Function<Sql, T> work) {
        this.work = work;
    }

    /** Does the work; whether it went well. What it changed does not stand before {@link #stand}. */
    boolean run(Sql sql) {
        try {
            result = work.apply(sql);
        } catch (RuntimeException | Error e) {
            failure = e;
        }
        return failure == null;
    }

    boolean failed() {
        return failure != null;
    }

    /** The database's own reason for the failure; null where the work had another. */
    SQLException sqlFailure() {
        return failure != null && failure.getCause() instanceof SQLException e ? e : null;
    }

    /** Its changes are durable; said to what has failed, it changes nothing. */
    void stand() {
        stands = failure == null;
    }

    /** Nothing of it stands, because of what happened to its transaction. */
    void fall(Exception reason) {
        if (failure == null) {
            failure = reason instanceof SQLException e ? SqlProblems.of(e) : reason;
        }
    }

    void call(Call what) {
        call.complete(what);
    }

    /** Waits for the call. @throws TimeoutException when none came in time */
    Call await(Duration patience) throws InterruptedException, TimeoutException {
        try {
            return call.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits for a call that is sure to come. */
    Call await() {
        return call.join();
    }

    /** What the work gave, or threw. */
    T result() {
        if (stands) {
            return result;
        }
        if (failure instanceof Error e) {
            throw e;
        }
        throw failure instanceof RuntimeException e
                ? e
                : new IllegalStateException("A transaction without an end", failure);
    }
}
