package dev.latchkey.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Await;
import dev.latchkey.harness.Keyring;
import dev.latchkey.harness.Keyring.Tokens;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Credentials as a register: whoever begins to use one after the answer to its end is refused, however busy it was, and
 * what was made of it meanwhile is dead too.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EndOfCredentialRegisterTest {
    private static final int ROUNDS = 2;
    private static final int USERS_OF_A_BEARER = 3;
    private static final int USES = 4;
    private static final String OTHER_PASSWORD = "another harbour 20 lanterns";

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

    /** Somebody with a session and a family that are busy, and a session that is not and makes the changes. */
    private record Busy(Person quiet, Person session, Tokens family, Tokens predecessor) {}

    private interface End {
        /** Returns once the end has been answered. */
        void of(Busy busy);
    }

    private record Use(String credential, long startedAt, boolean good) {}

    private static Map<String, List<String>> endedBy() {
        List<String> all = List.of("session", "access token", "refresh token");
        List<String> family = List.of("access token", "refresh token");
        Map<String, List<String>> ended = new LinkedHashMap<>();
        ended.put("deactivation", all);
        ended.put("deactivation and activation", all);
        ended.put("deletion", all);
        ended.put("end of membership", all);
        ended.put("password change", all);
        ended.put("password reset", all);
        ended.put("password set by an admin", all);
        ended.put("end of sign-ins by an admin", all);
        ended.put("end of the others", all);
        ended.put("role change", List.of("access token"));
        ended.put("logout", List.of("session"));
        ended.put("logout with a refresh token", all);
        ended.put("end of the family", family);
        ended.put("revocation", family);
        ended.put("reuse", family);
        return ended;
    }

    private Map<String, End> ends() {
        Map<String, End> ends = new LinkedHashMap<>();
        ends.put("deactivation", b -> keys.order(b.quiet(), "deactivate").expect(200));
        ends.put("deactivation and activation", b -> {
            keys.order(b.quiet(), "deactivate").expect(200);
            keys.order(b.quiet(), "activate").expect(200);
        });
        ends.put(
                "deletion",
                b -> world.http()
                        .delete("/api/users/" + b.quiet().id())
                        .as(world.admin())
                        .expect(204));
        ends.put("end of membership", b -> {
            String end = world.clock().instant().plusSeconds(1).toString();
            keys.change(b.quiet(), "membership_ends_at", end).expect(200);
            world.clock().advance(Duration.ofSeconds(1));
        });
        ends.put(
                "password change",
                b -> keys.changePassword(b.quiet(), OTHER_PASSWORD).expect(200));
        ends.put(
                "password reset",
                b -> keys.reset(keys.resetToken(b.quiet()), OTHER_PASSWORD).expect(200));
        ends.put(
                "password set by an admin",
                b -> keys.setPassword(b.quiet(), OTHER_PASSWORD).expect(204));
        ends.put(
                "end of sign-ins by an admin",
                b -> keys.order(b.quiet(), "end-sessions").expect(204));
        ends.put(
                "end of the others",
                b -> world.http().delete("/api/auth/sessions").as(b.quiet()).expect(204));
        ends.put("role change", b -> keys.change(b.quiet(), "role", "guest").expect(200));
        endsOfOne(ends);
        return ends;
    }

    private void endsOfOne(Map<String, End> ends) {
        ends.put(
                "logout",
                b -> world.http()
                        .post("/api/auth/logout")
                        .as(b.session())
                        .json()
                        .expect(200));
        ends.put(
                "logout with a refresh token",
                b -> world.http()
                        .post("/api/auth/logout")
                        .as(b.session())
                        .json("refresh_token", b.family().refresh())
                        .expect(200));
        ends.put(
                "end of the family",
                b -> world.http()
                        .delete("/api/auth/sessions/" + keys.idOf(b.family().access()))
                        .as(b.quiet())
                        .expect(204));
        ends.put("revocation", b -> keys.revoke(b.family().refresh()).expect(200));
        ends.put(
                "reuse",
                b -> assertThat(keys.refresh(b.predecessor().refresh()).send().status())
                        .isEqualTo(400));
    }

    @TestFactory
    Stream<DynamicTest> nothingThatBeginsAfterTheEndSucceeds() {
        Map<String, End> ends = ends();
        return endedBy().entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    for (int round = 0; round < ROUNDS; round++) {
                        play(entry.getValue(), ends.get(entry.getKey()));
                    }
                }));
    }

    private Busy busy() {
        Person person = keys.somebody("member");
        Tokens first = keys.tokens(person);
        Tokens family = keys.refreshed(keys.refreshed(first));
        return new Busy(person, world.signIn(person), family, first);
    }

    private void play(List<String> ended, End end) throws Exception {
        Busy busy = busy();
        ConcurrentLinkedQueue<Use> uses = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<String> minted = new ConcurrentLinkedQueue<>();
        AtomicBoolean stop = new AtomicBoolean();
        List<Runnable> users = users(ended, busy, uses, minted, stop);
        ExecutorService pool = Executors.newFixedThreadPool(users.size());
        try {
            List<Future<?>> running = new ArrayList<>();
            users.forEach(user -> running.add(pool.submit(user)));
            await(ended, uses, 0);
            end.of(busy);
            long answeredAt = System.nanoTime();
            await(ended, uses, answeredAt);
            stop.set(true);
            for (Future<?> user : running) {
                user.get();
            }
            assertThat(uses)
                    .filteredOn(use -> use.startedAt() > answeredAt)
                    .as("uses after the end")
                    .isNotEmpty()
                    .noneMatch(Use::good);
            for (String access : minted) {
                keys.me(access).expect(401);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private List<Runnable> users(
            List<String> ended,
            Busy busy,
            ConcurrentLinkedQueue<Use> uses,
            ConcurrentLinkedQueue<String> minted,
            AtomicBoolean stop) {
        List<Runnable> users = new ArrayList<>();
        for (int i = 0; i < USERS_OF_A_BEARER; i++) {
            users.add(user("session", () -> opens(busy.session().token()), uses, stop));
            users.add(user("access token", () -> opens(busy.family().access()), uses, stop));
        }
        AtomicReference<Tokens> chain = new AtomicReference<>(busy.family());
        users.add(user("refresh token", () -> refreshed(chain, minted), uses, stop));
        return users.stream().filter(user -> ended.contains(user.toString())).toList();
    }

    /** Uses a credential until it is told to stop; its name is that of the credential. */
    private static Runnable user(
            String credential, BooleanSupplier use, ConcurrentLinkedQueue<Use> uses, AtomicBoolean stop) {
        return new Runnable() {
            @Override
            public void run() {
                while (!stop.get()) {
                    long startedAt = System.nanoTime();
                    uses.add(new Use(credential, startedAt, use.getAsBoolean()));
                }
            }

            @Override
            public String toString() {
                return credential;
            }
        };
    }

    private boolean opens(String bearer) {
        Reply reply = keys.me(bearer).send();
        assertThat(reply.status()).isIn(200, 401);
        return reply.status() == 200;
    }

    private boolean refreshed(AtomicReference<Tokens> chain, ConcurrentLinkedQueue<String> minted) {
        Reply reply = keys.refresh(chain.get().refresh()).send();
        assertThat(reply.status()).isIn(200, 400);
        if (reply.status() == 200) {
            chain.set(new Tokens(reply.textAt("/access_token"), reply.textAt("/refresh_token")));
            minted.add(chain.get().access());
        }
        return reply.status() == 200;
    }

    /** Waits until each credential was used some times after {@code since}. */
    private static void await(List<String> credentials, ConcurrentLinkedQueue<Use> uses, long since) {
        Await.until(
                "uses of each credential",
                () -> credentials.stream().allMatch(name -> count(uses, name, since) >= USES));
    }

    private static long count(ConcurrentLinkedQueue<Use> uses, String credential, long since) {
        return uses.stream()
                .filter(use -> use.credential().equals(credential) && use.startedAt() > since)
                .count();
    }
}
