package dev.latchkey.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Role;
import dev.latchkey.account.User;
import dev.latchkey.audit.Actor;
import dev.latchkey.error.Problem;
import dev.latchkey.harness.Await;
import dev.latchkey.harness.TestClock;
import dev.latchkey.http.LiveEvent.Message;
import dev.latchkey.session.Caller;
import dev.latchkey.session.Credential;
import dev.latchkey.session.Scope;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The bounds of streams, and their end by the clock alone: nobody asks for anything, and no heartbeat is near. */
class EventStreamsTest {
    private static final Duration NEVER = Duration.ofDays(1);

    private final TestClock clock = new TestClock();
    /** When the credential and the membership of somebody end, by their name. */
    private final Map<String, Ends> ends = new ConcurrentHashMap<>();

    private final List<Socket> sockets = new ArrayList<>();
    private EventStreams streams;
    private Javalin server;

    private record Ends(Instant credential, Instant membership) {
        boolean passed(Instant now) {
            return credential != null && !now.isBefore(credential) || membership != null && !now.isBefore(membership);
        }
    }

    private void start(StreamLimits limits) {
        streams = new EventStreams(clock, limits);
        server = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.routes.get("/{who}", this::open);
                    config.routes.exception(
                            Problem.class, (problem, ctx) -> ctx.status(ProblemBody.status(problem.kind())));
                })
                .start("127.0.0.1", 0);
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        streams.close();
        server.stop();
    }

    /** Somebody whose name begins with a digit has an account of that number, others are in front of their machine. */
    private void open(Context ctx) throws IOException {
        String who = ctx.pathParam("who");
        boolean person = Character.isDigit(who.charAt(0));
        String address = person ? "127.0.0.1" : "10.0.0." + (int) who.charAt(0);
        ctx.attribute(Requests.CLIENT, new Client(InetAddress.getByName(address), false, true, "localhost", 80));
        Supplier<Optional<Caller>> again = () -> Optional.of(person ? person(who) : localOwner())
                .filter(caller -> !ends(who).passed(clock.instant()));
        ctx.attribute(Requests.AGAIN, again);
        ctx.attribute(Requests.CALLER, again.get().orElseThrow());
        streams.open(ctx);
    }

    private Ends ends(String who) {
        return ends.getOrDefault(who, new Ends(null, null));
    }

    private static Caller localOwner() {
        return Caller.localOwner(new Actor(null, "10.0.0.1", null));
    }

    private Caller person(String who) {
        Ends end = ends(who);
        long id = Long.parseLong(who);
        User user = new User(
                id,
                who,
                who,
                null,
                false,
                null,
                null,
                null,
                Role.GUEST,
                true,
                false,
                0,
                0,
                false,
                null,
                0,
                end.membership(),
                Instant.EPOCH,
                null);
        Credential credential =
                new Credential(Credential.Kind.SESSION, id, null, Set.of(Scope.LIBRARY_READ), end.credential());
        return new Caller(Caller.Kind.USER, user, credential, new Actor(id, "127.0.0.1", null));
    }

    private BufferedReader watch(String who) {
        try {
            Socket socket = new Socket();
            sockets.add(socket);
            socket.setReceiveBufferSize(4096);
            socket.setSoTimeout(30_000);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
            socket.getOutputStream().write(("GET /" + who + " HTTP/1.0\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String status(BufferedReader answer) throws IOException {
        return answer.readLine().split(" ")[1];
    }

    /** Returns when the stream has begun. */
    private BufferedReader begun(String who) throws IOException {
        BufferedReader answer = watch(who);
        assertThat(status(answer)).isEqualTo("200");
        for (String line = answer.readLine(); !line.equals("event: hello"); line = answer.readLine()) {
            assertThat(line).isNotNull();
        }
        return answer;
    }

    /** The names of the events up to the end, which has to come. */
    private static List<String> rest(BufferedReader stream) throws IOException {
        return stream.lines()
                .filter(line -> line.startsWith("event: "))
                .map(line -> line.substring(7))
                .toList();
    }

    private void publish(String name, String text) {
        streams.publish(new LiveEvent(new Object(), caller -> true, () -> Message.of(name, text)));
    }

    private static StreamLimits limits(int all, int ofOne) {
        return new StreamLimits(all, ofOne, 10, NEVER);
    }

    @Test
    void a_stream_ends_when_its_credential_or_its_membership_does() throws IOException {
        start(limits(10, 10));
        Instant soon = clock.instant().plusSeconds(2);
        Instant later = clock.instant().plusSeconds(3600);
        ends.put("1", new Ends(null, later));
        ends.put("2", new Ends(soon, later));
        ends.put("3", new Ends(later, soon));
        BufferedReader lasting = begun("1");
        BufferedReader expiring = begun("2");
        BufferedReader leaving = begun("3");

        clock.advance(Duration.ofSeconds(2));

        assertThat(rest(expiring)).containsExactly("session");
        assertThat(rest(leaving)).containsExactly("session");
        publish("news", "for who is left");
        Await.until("the news", () -> line(lasting).equals("event: news"));
        clock.advance(Duration.ofHours(1));
        publish("wakes", "the clock was set");
        assertThat(rest(lasting)).endsWith("session");
    }

    @Test
    void a_stream_goes_on_when_its_sign_in_was_used_elsewhere() throws IOException {
        start(limits(10, 10));
        ends.put("1", new Ends(clock.instant().plusSeconds(1), null));
        BufferedReader stream = begun("1");
        ends.put("1", new Ends(clock.instant().plusSeconds(3), null));

        clock.advance(Duration.ofSeconds(1));
        // By now its first end has passed and was asked about, or is asked about at this moment.
        publish("news", "");
        Await.until("the news", () -> line(stream).equals("event: news"));
        clock.advance(Duration.ofSeconds(2));

        assertThat(rest(stream)).containsExactly("session");
    }

    private static String line(BufferedReader stream) {
        try {
            return String.valueOf(stream.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void places_are_shared_so_that_nobody_is_shut_out_by_one_who_takes_many() throws IOException {
        start(limits(6, 4));
        List<BufferedReader> many = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            many.add(begun("1"));
        }
        assertThat(status(watch("1"))).as("a fifth").isEqualTo("429");
        begun("2");
        begun("2");
        begun("2"); // the seventh takes one of the four
        begun("3"); // and so does this: two or three each
        assertThat(status(watch("2"))).as("as many as everybody").isEqualTo("503");
        begun("3");
        for (String late : List.of("4", "5", "6")) {
            begun(late); // there are six people now, and each has one
        }
        assertThat(status(watch("7"))).isEqualTo("503");
        assertThat(status(watch("1"))).isEqualTo("503");
    }

    @Test
    void in_front_of_a_machine_each_address_has_places_of_its_own() throws IOException {
        start(limits(10, 2));
        begun("anna");
        begun("anna");
        assertThat(status(watch("anna"))).isEqualTo("429");
        begun("ben");
    }

    @Test
    void five_hundred_watch_and_no_more() throws IOException {
        start(StreamLimits.USUAL);
        List<BufferedReader> all = new ArrayList<>();
        for (int i = 1; i <= 500; i++) {
            all.add(watch(String.valueOf(i)));
        }
        for (BufferedReader stream : all) {
            assertThat(status(stream)).isEqualTo("200");
        }
        assertThat(status(watch("501"))).isEqualTo("503");
        sockets.get(0).close();
        Await.until("a place that somebody left", () -> line(watch("501")).contains(" 200 "));
    }

    @Test
    void who_falls_behind_is_cut_off_and_the_others_hear_everything() throws IOException {
        start(new StreamLimits(10, 10, 120, NEVER));
        BufferedReader deaf = begun("1");
        BufferedReader listening = begun("2");
        String large = "x".repeat(64 * 1024);
        for (int round = 0; round < 3; round++) { // 19 MB, more than the buffers between the two hold
            for (int i = 0; i < 99; i++) {
                publish("news", large);
            }
            String last = "last" + round;
            publish(last, "");
            Await.until("the news", () -> line(listening).equals("event: " + last));
        }
        List<String> heard = new ArrayList<>();
        try {
            deaf.lines().forEach(heard::add);
        } catch (UncheckedIOException e) {
            assertThat(e).hasMessageContaining("reset");
        }
        assertThat(heard).doesNotContain("event: last2");
    }
}
