package dev.latchkey.http;

import dev.latchkey.error.Problem;
import dev.latchkey.http.LiveEvent.Message;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everybody who watches, and the one thread that tells them what happens. Who happens to change something only leaves a
 * note and goes on; who does not read is cut off and keeps nobody waiting.
 */
public final class EventStreams implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventStreams.class);

    private static final int MAX_WAITING = 10_000;
    /** So many events are handed to everybody before everybody is written to. */
    private static final int ROUND = 100;

    /** What happens within this time after a round is told together: a write for each event would cost too much. */
    private static final Duration PAUSE = Duration.ofMillis(50);

    private static final int RETRY_MILLIS = 3000;

    private final Clock clock;
    private final StreamLimits limits;
    private final Seats open;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Map<Object, LiveEvent> waiting = new LinkedHashMap<>();
    private final Message hello;
    private final Message heartbeat;
    private final Thread teller;
    private boolean lookAgain;
    private boolean overrun;
    private volatile boolean closed;

    /** Within the bounds that {@code docs/events.md} names. */
    public EventStreams(Clock clock) {
        this(clock, StreamLimits.USUAL);
    }

    EventStreams(Clock clock, StreamLimits limits) {
        this.clock = clock;
        this.limits = limits;
        this.open = new Seats(limits);
        Map<String, Long> data = Map.of("heartbeat_seconds", limits.heartbeat().toSeconds());
        hello = Message.first("hello", data, RETRY_MILLIS);
        heartbeat = Message.of("heartbeat", Map.of());
        teller = new Thread(this::tellEverybody, "events");
        teller.setDaemon(true);
        teller.start();
    }

    /**
     * Answers a request with a stream, which goes on after the handler has returned.
     *
     * @throws Problem 429 {@code rate_limited} when this person watches too often, 503 {@code busy} when too many do
     */
    public void open(Context ctx) {
        EventStream stream =
                new EventStream(Requests.caller(ctx), watcher(ctx), Requests.again(ctx), limits.behind(), open::left);
        begin(stream);
        stream.add(caller -> true, hello);
        ctx.contentType("text/event-stream");
        ctx.header("Cache-Control", "no-store, no-transform"); // what compresses it would hold it back
        ctx.header("Connection", "close"); // after a stream a connection is not worth keeping
        ctx.header("X-Accel-Buffering", "no");
        ctx.future(() -> {
            try {
                return stream.start(ctx.req(), ctx.res());
            } catch (Exception e) {
                stream.end();
                throw Problem.internal(e);
            }
        });
    }

    /** Who takes the place: a person, and where there are no people yet, an address. */
    private static Object watcher(Context ctx) {
        Long userId = Requests.caller(ctx).userId();
        return userId != null ? userId : Throttles.network(Requests.client(ctx).address());
    }

    private void begin(EventStream stream) {
        lock.lock();
        try {
            open.take(stream, closed);
            news.signal(); // it may end before all others
        } finally {
            lock.unlock();
        }
    }

    /** Tells everybody who may hear of it, soon. Call it after the commit: nobody is kept waiting by it. */
    public void publish(LiveEvent event) {
        if (open.isEmpty()) {
            return; // whoever comes later reads what is there
        }
        lock.lock();
        try {
            waiting.remove(event.key());
            if (waiting.size() < MAX_WAITING) {
                waiting.put(event.key(), event);
            } else {
                overrun = true;
            }
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Runs behind every handler. Whatever changes something about people or sign-ins may have ended one: everybody who
     * watches is asked at once whether they may, and not only when something happens.
     */
    public void afterRequest(Context ctx) {
        boolean reads =
                ctx.req().getMethod().equals("GET") || ctx.req().getMethod().equals("HEAD");
        boolean aboutPeople = ctx.path().startsWith("/api/auth/") || ctx.path().startsWith("/api/users/");
        if (!reads && aboutPeople && !open.isEmpty()) {
            lookAgain();
        }
    }

    private void lookAgain() {
        lock.lock();
        try {
            lookAgain = true;
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    private void tellEverybody() {
        long nextBeat = System.nanoTime() + limits.heartbeat().toNanos();
        while (!closed) {
            try {
                List<LiveEvent> round = awaitRound(nextBeat);
                tell(round);
                if (System.nanoTime() - nextBeat >= 0) {
                    open.forEach(stream -> stream.add(caller -> true, heartbeat));
                    nextBeat = System.nanoTime() + limits.heartbeat().toNanos();
                }
                open.forEach(EventStream::flow);
                Thread.sleep(PAUSE.toMillis());
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.error("What happened could not be told: everybody who watches has to come back", e);
                open.forEach(EventStream::end);
            }
        }
    }

    /** The next events, none when it is time for something else: a heartbeat, or a credential that ends by itself. */
    private List<LiveEvent> awaitRound(long nextBeat) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty() && !lookAgain && !closed) {
                long left = Math.min(nextBeat - System.nanoTime(), untilNextEnd());
                if (left <= 0) {
                    break;
                }
                news.awaitNanos(left);
            }
            lookAgain = false;
            if (overrun) {
                overrun = false;
                waiting.clear();
                throw new IllegalStateException("more than " + MAX_WAITING + " events were waiting");
            }
            List<LiveEvent> round = new ArrayList<>(waiting.values());
            waiting.clear();
            return round;
        } finally {
            lock.unlock();
        }
    }

    /**
     * How long it is by the clock until the first of those who watch may not any more, should nothing happen till then; in
     * nanoseconds. Longer than a heartbeat it is never waited for, so a clock that is set does no harm.
     */
    private long untilNextEnd() {
        Instant now = clock.instant();
        long millis = open.stream()
                .map(EventStream::endsAt)
                .flatMap(Optional::stream)
                .mapToLong(end -> now.until(end, ChronoUnit.MILLIS))
                .min()
                .orElse(Long.MAX_VALUE);
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private void tell(List<LiveEvent> events) {
        int told = 0;
        for (LiveEvent event : events) {
            Message message = event.message().get();
            open.forEach(stream -> stream.add(event.audience(), message));
            if (++told % ROUND == 0) {
                open.forEach(EventStream::flow);
            }
        }
    }

    /** Ends every stream at once and lets in no more. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            news.signal();
        } finally {
            lock.unlock();
        }
        open.forEach(EventStream::end);
        try {
            teller.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
