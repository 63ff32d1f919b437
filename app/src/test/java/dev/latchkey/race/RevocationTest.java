package dev.latchkey.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Await;
import dev.latchkey.harness.Call;
import dev.latchkey.harness.Http;
import dev.latchkey.harness.Keyring;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.World;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A request that starts after the answer to a revocation is refused, however busy the credential was. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RevocationTest {
    private static final int USERS_OF_THE_CREDENTIAL = 8;
    private static final int ROUNDS = 12;
    private final AtomicInteger roles = new AtomicInteger();
    private World world;
    private Keyring keys;
    private Http http;

    @BeforeAll
    void start() {
        world = World.start();
        keys = new Keyring(world);
        http = world.http();
    }

    @AfterAll
    void stop() {
        world.close();
    }

    private record Use(long startedAt, int status) {}

    @Test
    void logoutEndsABusySession() throws Exception {
        Person person = world.join("rob", "member");
        revoke(person, session -> http.post("/api/auth/logout").as(session).json(), 200);
    }

    @Test
    void theEndOfASessionByItsOwnerEndsItThoughItIsBusy() throws Exception {
        Person person = world.join("ria", "member");
        revoke(
                person,
                session -> {
                    long id = http.get("/api/auth/me").as(session).expect(200).longAt("/credential/id");
                    return http.delete("/api/auth/sessions/" + id).as(person);
                },
                204);
    }

    @Test
    void deactivationEndsABusySession() throws Exception {
        Person person = world.join("rex", "member");
        String path = "/api/users/" + person.id();
        revoke(
                person,
                session -> {
                    http.post(path + "/activate").as(world.admin()).json().expect(200);
                    return http.post(path + "/deactivate").as(world.admin()).json();
                },
                200);
    }

    @Test
    void logoutEndsABusyAccessToken() throws Exception {
        Person person = world.join("rita", "member");
        revoke(
                person,
                this::withAccessToken,
                token -> http.post("/api/auth/logout").as(token).json(),
                200);
    }

    @Test
    void revocationEndsABusyAccessToken() throws Exception {
        Person person = world.join("rolf", "member");
        revoke(person, this::withAccessToken, token -> keys.revoke(token.token()), 200);
    }

    @Test
    void theEndOfItsFamilyEndsABusyAccessToken() throws Exception {
        Person person = world.join("rika", "member");
        revoke(
                person,
                this::withAccessToken,
                token -> http.delete("/api/auth/sessions/" + keys.idOf(token.token()))
                        .as(token),
                204);
    }

    @Test
    void deactivationEndsABusyAccessToken() throws Exception {
        Person person = world.join("rudi", "member");
        revoke(person, this::withAccessToken, token -> keys.order(token, "deactivate"), 200);
    }

    @Test
    void aChangeOfRoleEndsABusyAccessToken() throws Exception {
        Person person = world.join("runa", "member");
        revoke(
                person,
                this::withAccessToken,
                token -> keys.change(token, "role", roles.incrementAndGet() % 2 == 0 ? "member" : "manager"),
                200);
    }

    @Test
    void itsRevocationEndsABusyPersonalToken() throws Exception {
        Person person = world.join("rene", "member");
        revoke(
                person,
                this::withPersonalToken,
                token -> http.delete("/api/auth/tokens/" + keys.idOf(token.token()))
                        .as(world.signIn(person)),
                204);
    }

    @Test
    void anAdminsRevocationEndsABusyPersonalToken() throws Exception {
        Person person = world.join("ruth", "member");
        revoke(
                person,
                this::withPersonalToken,
                token -> http.delete("/api/auth/admin/tokens/" + keys.idOf(token.token()))
                        .as(world.admin()),
                204);
    }

    @Test
    void deactivationEndsABusyPersonalToken() throws Exception {
        Person person = world.join("rory", "member");
        revoke(person, this::withPersonalToken, token -> keys.order(token, "deactivate"), 200);
    }

    private Person withPersonalToken(Person person) {
        return person.with(keys.personalToken(world.signIn(person)));
    }

    private Person withAccessToken(Person person) {
        return person.with(keys.tokens(person).access());
    }

    private void revoke(Person person, Function<Person, Call> revocation, int status) throws Exception {
        revoke(person, world::signIn, revocation, status);
    }

    private void revoke(Person person, UnaryOperator<Person> signIn, Function<Person, Call> revocation, int status)
            throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            http.post("/api/users/" + person.id() + "/activate")
                    .as(world.admin())
                    .json()
                    .expect(200);
            Person session = signIn.apply(person);
            Call end = revocation.apply(session);
            ConcurrentLinkedQueue<Use> uses = new ConcurrentLinkedQueue<>();
            AtomicBoolean stop = new AtomicBoolean();
            ExecutorService pool = Executors.newFixedThreadPool(USERS_OF_THE_CREDENTIAL);
            List<Future<?>> users = new ArrayList<>();
            for (int i = 0; i < USERS_OF_THE_CREDENTIAL; i++) {
                users.add(pool.submit(() -> keepUsing(session, uses, stop)));
            }
            awaitUses(uses, use -> use.status() == 200);
            end.expect(status);
            long answeredAt = System.nanoTime();
            awaitUses(uses, use -> use.startedAt() > answeredAt);
            stop.set(true);
            for (Future<?> user : users) {
                user.get();
            }
            pool.shutdown();
            assertThat(uses)
                    .filteredOn(use -> use.status() == 200)
                    .as("uses before the end")
                    .isNotEmpty();
            assertThat(uses)
                    .filteredOn(use -> use.startedAt() > answeredAt)
                    .as("uses after the end")
                    .isNotEmpty()
                    .allMatch(use -> use.status() == 401);
        }
    }

    /** Waits until ten uses are such; how long that takes is the machine's business. */
    private static void awaitUses(ConcurrentLinkedQueue<Use> uses, Predicate<Use> such) {
        Await.until("ten uses", () -> uses.stream().filter(such).count() >= 10);
    }

    private void keepUsing(Person session, ConcurrentLinkedQueue<Use> uses, AtomicBoolean stop) {
        while (!stop.get()) {
            long startedAt = System.nanoTime();
            int status = http.get("/api/auth/me").as(session).send().status();
            uses.add(new Use(startedAt, status));
        }
    }
}
