package dev.latchkey.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Await;
import dev.latchkey.harness.Keyring;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A sign-in whose password was checked before everything ended, and whose answer came after it, opens nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignInUnderWayAttackTest {
    private static final int ROUNDS = 3;
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

    @Test
    void atADeactivation() throws Exception {
        play(
                person -> keys.order(person, "deactivate").expect(200),
                person -> keys.order(person, "activate").expect(200));
    }

    @Test
    void withTheOldPasswordAtAReset() throws Exception {
        play(person -> keys.reset(keys.resetToken(person), OTHER_PASSWORD).expect(200), person -> {});
    }

    @Test
    void withTheOldPasswordAtAChange() throws Exception {
        play(person -> keys.changePassword(person, OTHER_PASSWORD).expect(200), person -> {});
    }

    @Test
    void withTheOldPasswordWhenAnAdminSetsAnother() throws Exception {
        play(person -> keys.setPassword(person, OTHER_PASSWORD).expect(204), person -> {});
    }

    /** Signs in all the time while {@code end} takes place; {@code then} makes the account good again. */
    private void play(Consumer<Person> end, Consumer<Person> then) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Person person = keys.somebody("member");
            Queue<String> tokens = new ConcurrentLinkedQueue<>();
            AtomicBoolean stop = new AtomicBoolean();
            ExecutorService pool = Executors.newFixedThreadPool(4);
            List<Future<?>> running = new ArrayList<>();
            for (boolean session : List.of(true, false, true, false)) {
                running.add(pool.submit(() -> keepSigningIn(person, session, tokens, stop)));
            }
            try {
                awaitSome(tokens);
                end.accept(person);
                stop.set(true);
                for (Future<?> one : running) {
                    one.get();
                }
            } finally {
                stop.set(true);
                pool.shutdownNow();
            }
            then.accept(person);
            for (String bearer : tokens) {
                keys.me(bearer).expect(401);
            }
        }
    }

    private void keepSigningIn(Person person, boolean session, Queue<String> tokens, AtomicBoolean stop) {
        while (!stop.get()) {
            Reply reply = session
                    ? keys.logIn(person.username(), person.password()).send()
                    : keys.passwordGrant(person.username(), person.password()).send();
            assertThat(reply.status()).as(reply::toString).isIn(200, 400, 401, 503);
            if (reply.status() == 200) {
                tokens.add(reply.textAt(session ? "/token" : "/access_token"));
            }
        }
    }

    private static void awaitSome(Queue<String> tokens) {
        Await.until("some sign-ins", () -> tokens.size() >= 8);
    }
}
