package dev.latchkey.http;

import dev.latchkey.error.Problem;
import dev.latchkey.http.LiveEvent.Message;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

    private static final int MAX_STREAMS = 500;
    private static final int MAX_OF_ONE_PERSON = 20;
    private static final int MAX_WAITING = 10_000;
    /** So many events are handed to everybody before everybody is written to. */
    private static final int ROUND = 100;

    private static final Duration HEARTBEAT = Duration.ofSeconds(20);
    /** What happens within this time after a round is told together: a write for each event would cost too much. */
    private static final Duration PAUSE = Duration.ofMillis(50);

    private static final int RETRY_MILLIS = 3000;
    private static final Duration COME_BACK = Duration.ofSeconds(30);

    private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Map<Object, LiveEvent> waiting = new LinkedHashMap<>();
    private final Message hello;
    private final Message heartbeat;
    private final Thread teller;
    private boolean lookAgain;
    private boolean overrun;
    private volatile boolean closed;

    public EventStreams() {
        Map<String, Long> data = Map.of("heartbeat_seconds", HEARTBEAT.toSeconds());
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
        EventStream stream = new EventStream(Requests.caller(ctx), Requests.again(ctx), open::remove);
        register(stream, Requests.caller(ctx).userId());
        stream.add(caller -> true, hello);
        ctx.contentType("text/event-stream");
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

    private void register(EventStream stream, Long userId) {
        lock.lock();
        try {
            if (closed || open.size() >= MAX_STREAMS) {
                throw Problem.busy("Too many pages are watching at the moment. Please try again soon.", COME_BACK);
            }
            if (open.stream().filter(other -> other.isOf(userId)).count() >= MAX_OF_ONE_PERSON) {
                throw Problem.rateLimited(COME_BACK);
            }
            open.add(stream);
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
        long nextBeat = System.nanoTime() + HEARTBEAT.toNanos();
        while (!closed) {
            try {
                List<LiveEvent> round = awaitRound(nextBeat);
                tell(round);
                if (System.nanoTime() - nextBeat >= 0) {
                    open.forEach(stream -> stream.add(caller -> true, heartbeat));
                    nextBeat = System.nanoTime() + HEARTBEAT.toNanos();
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

    /** The next events, none when it is time for something else. */
    private List<LiveEvent> awaitRound(long until) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = until - System.nanoTime();
            while (waiting.isEmpty() && !lookAgain && !closed && left > 0) {
                left = news.awaitNanos(left);
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
