package dev.latchkey.harness;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** Watches {@code /api/events} as a program does, and keeps what it hears. */
public final class Watcher implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;
    private static final ContractCheck CONTRACT = ContractCheck.shipped();
    private static final JsonNode SCHEMAS =
            CONTRACT.document().at("/paths/~1api~1events/get/responses/200/content/text~1event-stream/x-events");

    /** An event that came, with its data. */
    public record Event(String name, JsonNode data) {}

    private final Socket socket;
    private final BufferedReader in;
    private final List<String> head = new ArrayList<>();
    private final List<Event> heard = new CopyOnWriteArrayList<>();
    private final Thread reader;
    private volatile boolean ended;

    private Watcher(TestServer server, String header) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
            socket.setSoTimeout(PATIENCE_MILLIS);
            String request = "GET /api/events HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                head.add(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        reader = new Thread(this::read, "watcher");
        reader.setDaemon(true);
        reader.start();
    }

    /** Returns when the stream has begun: what happens from now on is heard. */
    public static Watcher bearer(TestServer server, String token) {
        return begun(new Watcher(server, "Authorization: Bearer " + token + "\r\n"));
    }

    public static Watcher cookie(TestServer server, String cookie) {
        return begun(new Watcher(server, "Cookie: " + cookie + "\r\n"));
    }

    /** As the local owner, without a credential. */
    public static Watcher local(TestServer server) {
        return begun(new Watcher(server, ""));
    }

    private static Watcher begun(Watcher watcher) {
        watcher.await("hello");
        return watcher;
    }

    private void read() {
        try {
            String name = "";
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    heard.add(checked(name, line.substring(6)));
                }
            }
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        } catch (IOException e) {
            // the connection was reset, which ends a stream as well
        } finally {
            ended = true;
        }
    }

    /** What comes has to be what {@code openapi.yaml} says of it. */
    private static Event checked(String name, String data) throws JsonProcessingException {
        JsonNode schema = SCHEMAS.path(name);
        List<String> errors = schema.isMissingNode() ? List.of("no such event") : CONTRACT.errors(schema, data);
        String wrong = errors.isEmpty() ? name : "wrong: " + name + " " + errors;
        return new Event(wrong, Reply.JSON.readTree(data));
    }

    /** The lines of the answer's head. */
    public List<String> head() {
        return head;
    }

    /** Waits for an event of this name, and returns the first. */
    public Event await(String name) {
        return await(name, event -> true);
    }

    /** Waits for such an event of this name, and returns the first. */
    public Event await(String name, Predicate<Event> such) {
        Await.until(name + "; heard " + heard, () -> find(name, such) != null || ended);
        Event found = find(name, such);
        if (found == null) {
            throw new AssertionError("the stream ended without " + name + "; heard " + heard);
        }
        return found;
    }

    private Event find(String name, Predicate<Event> such) {
        return heard.stream()
                .filter(event -> event.name().equals(name) && such.test(event))
                .findFirst()
                .orElse(null);
    }

    /** Waits for the server to end the stream. */
    public void awaitEnd() {
        Await.until("the end of the stream; heard " + heard, () -> ended);
    }

    /** Everything that came, in the order in which it came. */
    public List<Event> heard() {
        return List.copyOf(heard);
    }

    /** The names of all events but heartbeats, in the order in which they came. */
    public List<String> names() {
        return heard.stream()
                .map(Event::name)
                .filter(name -> !name.equals("heartbeat"))
                .toList();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
