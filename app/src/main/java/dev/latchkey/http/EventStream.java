package dev.latchkey.http;

import dev.latchkey.account.Role;
import dev.latchkey.http.LiveEvent.Message;
import dev.latchkey.session.Caller;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Callback;

/**
 * One answer that goes on until its watcher leaves, may not watch any more, or does not read. It has no thread: whoever
 * adds to it writes what the connection takes at once, and Jetty calls when it takes more.
 */
final class EventStream implements WriteListener {
    private static final int WRITE_BYTES = 32 * 1024;
    /** What Jetty gathers before a write: larger writes pass by it, so that a stream does not hold a big buffer. */
    private static final int BUFFER_BYTES = 512;

    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final Object watcher;
    private final Supplier<Optional<Caller>> again;
    private final int mostBehind;
    private final Consumer<EventStream> gone;
    private volatile Caller caller;
    private EndPoint connection;
    private ServletOutputStream out;
    private boolean writable;
    private boolean unflushed;
    private boolean ended;

    private record Waiting(Predicate<Caller> audience, Message message) {}

    /**
     * @param caller who was let in
     * @param watcher whose streams this is one of
     * @param again who is let in by now
     * @param mostBehind so many events wait for a slow reader; who is further behind is cut off, and reads anew after coming
     *     back
     * @param gone told once, when the stream ends
     */
    EventStream(
            Caller caller,
            Object watcher,
            Supplier<Optional<Caller>> again,
            int mostBehind,
            Consumer<EventStream> gone) {
        this.caller = caller;
        this.watcher = watcher;
        this.again = again;
        this.mostBehind = mostBehind;
        this.gone = gone;
    }

    Object watcher() {
        return watcher;
    }

    /** When its caller is to be asked for again, should nothing happen till then; empty for never. */
    Optional<Instant> endsAt() {
        return caller.endsAt();
    }

    /** Begins to write; the future completes when the stream has ended. */
    synchronized CompletableFuture<Void> start(HttpServletRequest req, HttpServletResponse res) throws IOException {
        if (ended) {
            return end;
        }
        res.setBufferSize(BUFFER_BYTES);
        out = res.getOutputStream();
        connection = ServletContextRequest.getServletContextRequest(req)
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint();
        // Nobody sends anything here: what can be read is the end of the connection, and is seen only by who looks.
        connection.tryFillInterested(Callback.from(this::cut, failure -> cut()));
        out.setWriteListener(this);
        return end;
    }

    /** Adds something that its audience shall see, without writing it yet. */
    synchronized void add(Predicate<Caller> audience, Message message) {
        if (ended) {
            return;
        }
        if (waiting.size() == mostBehind) {
            cut();
        } else {
            waiting.add(new Waiting(audience, message));
        }
    }

    /** Asks whether the watcher may still watch, and writes as much as the connection takes. */
    synchronized void flow() {
        try {
            if (mayWatch()) {
                write();
            }
        } catch (IOException | RuntimeException e) {
            cut();
        }
    }

    private void write() throws IOException {
        while (!ended && writable && out.isReady()) {
            if (unflushed) {
                unflushed = false;
                out.flush();
            } else if (waiting.isEmpty() || !mayWatch()) {
                return;
            } else {
                byte[] next = next();
                out.write(next, 0, next.length);
                unflushed = true;
            }
        }
    }

    /** What happened before this question is told only to who is let in after it happened. */
    private boolean mayWatch() throws IOException {
        if (ended) {
            return false;
        }
        Optional<Caller> now = again.get();
        if (now.isEmpty()) {
            waiting.clear();
            tell("ended");
            end();
            return false;
        }
        boolean changed = role(now.get()) != role(caller);
        caller = now.get();
        if (changed) {
            tell("changed");
        }
        return true;
    }

    private static Role role(Caller caller) {
        return caller.user() == null ? null : caller.user().role();
    }

    /** Says at once what became of the sign-in; a watcher who does not read hears nothing. */
    private void tell(String state) throws IOException {
        if (writable && out.isReady()) {
            byte[] bytes = Message.of("session", Map.of("state", state)).bytes();
            out.write(bytes, 0, bytes.length);
            unflushed = true;
        }
    }

    private byte[] next() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (!waiting.isEmpty() && bytes.size() < WRITE_BYTES) {
            Waiting first = waiting.remove();
            if (first.audience().test(caller)) {
                bytes.writeBytes(first.message().bytes());
            }
        }
        return bytes.toByteArray();
    }

    @Override
    public synchronized void onWritePossible() {
        writable = true;
        flow();
    }

    @Override
    public void onError(Throwable failure) {
        cut();
    }

    /** Ends the answer in good form, or, where the connection takes nothing, together with it. */
    synchronized void end() {
        if (ended) {
            return;
        }
        ended = true;
        waiting.clear();
        if (connection != null && !(writable && out.isReady())) {
            connection.close();
        }
        gone.accept(this);
        end.complete(null);
    }

    private synchronized void cut() {
        if (connection != null) {
            connection.close();
        }
        end();
    }
}
