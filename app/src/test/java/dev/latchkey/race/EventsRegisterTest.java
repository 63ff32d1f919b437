package dev.latchkey.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Keyring;
import dev.latchkey.harness.Keyring.Tokens;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.Sample;
import dev.latchkey.harness.Watcher;
import dev.latchkey.harness.World;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Credentials as a register, seen from their streams: what happened after the answer to the end of a credential never
 * reaches a stream that it had opened, while the library is busy; streams of other credentials go on.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventsRegisterTest {
    private static final String OTHER_PASSWORD = "another harbour 20 lanterns";
    private static final Set<String> ALL = Set.of("session", "cookie", "access token", "personal token");
    private static final Set<String> SIGN_INS = Set.of("session", "cookie", "access token");

    private World world;
    private Keyring keys;

    @BeforeAll
    void start() {
        world = World.start();
        keys = new Keyring(world);
    }

    @AfterAll
    void stop() {
        world.close();
    }

    /** Somebody who watches by every kind of credential, and a session that does not and makes the changes. */
    private record Watching(
            Person quiet, Person session, Tokens family, String personalToken, Map<String, Watcher> streams) {}

    private interface End {
        /** Returns once the end has been answered. */
        void of(Watching watching);
    }

    private record Ending(String name, Set<String> ended, End end) {}

    private List<Ending> endings() {
        return List.of(
                new Ending(
                        "deactivation",
                        ALL,
                        w -> keys.order(w.quiet(), "deactivate").expect(200)),
                new Ending(
                        "deletion",
                        ALL,
                        w -> world.http()
                                .delete("/api/users/" + w.quiet().id())
                                .as(world.admin())
                                .expect(204)),
                new Ending("end of membership", ALL, w -> {
                    String end = world.clock().instant().plusSeconds(1).toString();
                    keys.change(w.quiet(), "membership_ends_at", end).expect(200);
                    world.clock().advance(Duration.ofSeconds(1));
                }),
                new Ending(
                        "password change",
                        SIGN_INS,
                        w -> keys.changePassword(w.quiet(), OTHER_PASSWORD).expect(200)),
                new Ending(
                        "password set by an admin",
                        ALL,
                        w -> keys.setPassword(w.quiet(), OTHER_PASSWORD).expect(204)),
                new Ending(
                        "end of sign-ins by an admin",
                        SIGN_INS,
                        w -> keys.order(w.quiet(), "end-sessions").expect(204)),
                new Ending(
                        "role change",
                        Set.of("access token"),
                        w -> keys.change(w.quiet(), "role", "guest").expect(200)),
                new Ending(
                        "logout",
                        Set.of("session", "cookie"),
                        w -> world.http()
                                .post("/api/auth/logout")
                                .as(w.session())
                                .json()
                                .expect(200)),
                new Ending(
                        "revocation",
                        Set.of("access token"),
                        w -> keys.revoke(w.family().refresh()).expect(200)),
                new Ending("revoked personal token", Set.of("personal token"), w -> {
                    long id = world.http()
                            .get("/api/auth/tokens")
                            .as(w.quiet())
                            .expect(200)
                            .longAt("/items/0/id");
                    world.http().delete("/api/auth/tokens/" + id).as(w.quiet()).expect(204);
                }));
    }

    @TestFactory
    Stream<DynamicTest> nothingThatHappensAfterTheEndIsHeard() {
        return endings().stream().map(ending -> DynamicTest.dynamicTest(ending.name(), () -> play(ending)));
    }

    private void play(Ending ending) throws Exception {
        Watching watching = watching();
        AtomicBoolean stop = new AtomicBoolean();
        Thread busy = new Thread(() -> {
            while (!stop.get()) {
                upload();
            }
        });
        try {
            busy.start();
            watching.streams().values().forEach(stream -> stream.await("media.added"));
            ending.end().of(watching);
            long after = upload();
            Set<String> others = new TreeSet<>(watching.streams().keySet());
            others.removeAll(ending.ended());
            others.forEach(kind -> watching.streams().get(kind).await("media.added", event -> isAbout(event, after)));
            ending.ended().forEach(kind -> watching.streams().get(kind).awaitEnd());
            ending.ended()
                    .forEach(kind -> assertThat(watching.streams().get(kind).heard())
                            .as(kind)
                            .noneMatch(event -> isAbout(event, after)));
        } finally {
            stop.set(true);
            busy.join();
            watching.streams().values().forEach(Watcher::close);
        }
    }

    private static boolean isAbout(Watcher.Event event, long id) {
        return event.data().path("id").asLong() == id;
    }

    private long upload() {
        return world.upload(world.manager(), "a.txt", Sample.uniqueText());
    }

    private Watching watching() {
        Person quiet = keys.somebody("member");
        Person session = world.signIn(quiet);
        Tokens family = keys.tokens(quiet);
        String personalToken = keys.personalToken(quiet, "library:read");
        Map<String, Watcher> streams = new LinkedHashMap<>();
        streams.put("session", Watcher.bearer(world.server(), session.token()));
        streams.put("cookie", Watcher.cookie(world.server(), "latchkey=" + session.token()));
        streams.put("access token", Watcher.bearer(world.server(), family.access()));
        streams.put("personal token", Watcher.bearer(world.server(), personalToken));
        return new Watching(quiet, session, family, personalToken, streams);
    }
}
