package dev.latchkey.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Call;
import dev.latchkey.harness.Keyring;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.Race;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Guessing at one account from ever new addresses, which no budget of an address stops. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DelayAttackTest {
    private static final String WRONG = "not the password 9";
    private static final int FREE = 10;

    private final AtomicInteger addresses = new AtomicInteger();
    private World world;
    private Keyring keys;

    /** So large a factor that the budgets of an address never matter here: delays have none. */
    @BeforeAll
    void start() {
        world = World.start(Map.of("trusted_proxies", "127.0.0.1", "throttle.factor", "10000"));
        keys = new Keyring(world);
    }

    @AfterAll
    void stop() {
        world.close();
    }

    private String newAddress() {
        int number = addresses.incrementAndGet();
        return "198." + (18 + number / 62_500) + "." + number / 250 % 250 + "." + (number % 250 + 1);
    }

    private Call logIn(String address, String name, String password) {
        return world.http().from(address).post("/api/auth/login").json("username", name, "password", password);
    }

    private Call grant(String address, String name, String password) {
        return world.http()
                .from(address)
                .post("/api/auth/token")
                .json("grant_type", "password", "username", name, "password", password);
    }

    /** What a guesser sees who tries this name again and again, each time from somewhere else. */
    private List<String> guesses(String name, int times) {
        List<String> seen = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            Reply reply = logIn(newAddress(), name, WRONG).send();
            seen.add(reply.status() + " " + reply.header("Retry-After"));
            if (reply.status() == 429) {
                world.clock().advance(Duration.ofSeconds(Long.parseLong(reply.header("Retry-After"))));
            }
        }
        return seen;
    }

    @Test
    void delaysGrowAndLookTheSameForEveryName() {
        Person off = world.join("switchedoff", "member");
        keys.order(off, "deactivate").expect(200);
        world.http()
                .post("/api/users")
                .as(world.admin())
                .json("username", "wordless", "role", "member")
                .expect(201);
        world.ask("pending", "member");
        keys.enroll(world.join("fenced", "member"));

        List<String> known = guesses(keys.somebody("member").username(), 26);
        assertThat(known.subList(0, FREE)).containsOnly("401 ");
        assertThat(known.subList(FREE, 14)).containsExactly("429 15", "401 ", "429 30", "401 ");
        assertThat(known).contains("429 900");
        for (String name :
                List.of("nobody-of-that-name", "nobody@example.org", "switchedoff", "wordless", "pending", "fenced")) {
            assertThat(guesses(name, 26)).as(name).isEqualTo(known);
        }
    }

    @Test
    void aNameAndAnAddressInAnyCaseAreOneAccount() {
        keys.change(world.join("mia", "member"), "email", "mia@example.org").expect(200);
        List<String> names = List.of("mia", "MIA", "mia@example.org", "Mia@Example.Org", "Mia");
        for (int i = 0; i < FREE; i++) {
            logIn(newAddress(), names.get(i % names.size()), WRONG).expect(401);
        }
        for (String name : names) {
            logIn(newAddress(), name, WRONG).refused(429, "rate_limited");
        }
        List<String> strangers = List.of("stranger", "STRANGER", "Stranger");
        for (int i = 0; i < FREE; i++) {
            logIn(newAddress(), strangers.get(i % strangers.size()), WRONG).expect(401);
        }
        for (String name : strangers) {
            logIn(newAddress(), name, WRONG).refused(429, "rate_limited");
        }
    }

    @Test
    void allDoorsCountTogether() {
        String name = keys.somebody("member").username();
        for (int i = 0; i < FREE / 2; i++) {
            logIn(newAddress(), name, WRONG).expect(401);
            assertThat(grant(newAddress(), name, WRONG).send().status()).isEqualTo(400);
        }
        logIn(newAddress(), name, World.PASSWORD).refused(429, "rate_limited");
        grant(newAddress(), name, World.PASSWORD).refused(429, "rate_limited");
    }

    @Test
    void aDelayTellsNothingAboutThePasswordAndOutlivesARestart() {
        String name = keys.somebody("member").username();
        guesses(name, FREE);
        Reply right = logIn(newAddress(), name, World.PASSWORD).refused(429, "rate_limited");
        Reply wrong = logIn(newAddress(), name, WRONG).refused(429, "rate_limited");
        assertThat(right.header("Retry-After")).isEqualTo(wrong.header("Retry-After"));
        world.server().restart();
        logIn(newAddress(), name, World.PASSWORD).refused(429, "rate_limited");
        world.clock().advance(Duration.ofSeconds(15));
        logIn(newAddress(), name, World.PASSWORD).expect(200);
    }

    @Test
    void whereSomebodyHasSignedInBeforeTheyAreNotLockedOut() {
        String name = keys.somebody("member").username();
        String other = keys.somebody("member").username();
        String home = "203.0.113.9";
        logIn(home, name, World.PASSWORD).expect(200);
        guesses(name, FREE);
        logIn(newAddress(), name, World.PASSWORD).refused(429, "rate_limited");
        logIn(home, name, World.PASSWORD).expect(200);
        logIn(newAddress(), other, World.PASSWORD).expect(200);
    }

    @Test
    void aForeignHomeOpensNoDoor() {
        String name = keys.somebody("member").username();
        String other = keys.somebody("member").username();
        String home = "203.0.113.10";
        logIn(home, name, World.PASSWORD).expect(200);
        guesses(other, FREE);
        logIn(home, other, World.PASSWORD).refused(429, "rate_limited");
        world.clock().advance(Duration.ofDays(31));
        guesses(name, FREE);
        logIn(home, name, World.PASSWORD).refused(429, "rate_limited");
        world.signInAgain();
    }

    @Test
    void guessesInParallelDoNotOutrunTheCount() {
        String name = keys.somebody("member").username();
        List<Reply> replies =
                Race.of(number -> logIn(newAddress(), number % 2 == 0 ? name : name.toUpperCase(Locale.ROOT), WRONG));
        assertThat(replies).filteredOn(reply -> reply.status() == 401).hasSize(FREE);
        List<Reply> strangers = Race.of(number -> logIn(newAddress(), number % 2 == 0 ? "racer" : "Racer", WRONG));
        assertThat(strangers).filteredOn(reply -> reply.status() == 401).hasSize(FREE);
    }

    @Test
    void wrongCodesCountAndAPasswordAloneForgetsNothing() {
        Person person = world.join("minded", "member");
        Keyring.SecondFactor factor = keys.enroll(person);
        String wrong = factor.app().wrongCodeAt(world.clock().instant());
        for (int i = 0; i < FREE; i++) {
            String challenge =
                    logIn(newAddress(), "minded", World.PASSWORD).expect(200).textAt("/challenge");
            answer(challenge, wrong).refused(401, "invalid_code");
        }
        logIn(newAddress(), "minded", World.PASSWORD).refused(429, "rate_limited");
        world.clock().advance(Duration.ofSeconds(15));
        String challenge =
                logIn(newAddress(), "minded", World.PASSWORD).expect(200).textAt("/challenge");
        answer(challenge, factor.app().codeAt(world.clock().instant())).expect(200);
        logIn(newAddress(), "minded", WRONG).expect(401);
    }

    private Call answer(String challenge, String code) {
        return world.http()
                .from(newAddress())
                .post("/api/auth/login/second-factor")
                .json("challenge", challenge, "code", code);
    }

    @Test
    void challengesThatWereOpenedBeforeADelayCannotBeGuessedAtDuringIt() {
        Person person = world.join("watched", "member");
        Keyring.SecondFactor factor = keys.enroll(person);
        List<String> challenges = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            challenges.add(
                    logIn(newAddress(), "watched", World.PASSWORD).expect(200).textAt("/challenge"));
        }
        String wrong = factor.app().wrongCodeAt(world.clock().instant());
        int guesses = 0;
        for (String challenge : challenges) {
            for (int i = 0; i < 5; i++) {
                guesses += answer(challenge, wrong).send().status() == 401 ? 1 : 0;
            }
        }
        assertThat(guesses).isEqualTo(FREE);
    }

    @Test
    void anAdminSeesAndClearsADelay() {
        Person person = keys.somebody("member");
        guesses(person.username(), FREE);
        String path = "/api/users/" + person.id();
        Reply seen = world.http().get(path).as(world.admin()).expect(200);
        assertThat(seen.textAt("/sign_in_delayed_until"))
                .isEqualTo(world.clock().instant().plusSeconds(15).toString().replace("Z", ".000Z"));
        world.http().post(path + "/clear-delay").as(world.admin()).json().expect(204);
        assertThat(world.http()
                        .get(path)
                        .as(world.admin())
                        .expect(200)
                        .at("/sign_in_delayed_until")
                        .isNull())
                .isTrue();
        logIn(newAddress(), person.username(), World.PASSWORD).expect(200);
    }
}
