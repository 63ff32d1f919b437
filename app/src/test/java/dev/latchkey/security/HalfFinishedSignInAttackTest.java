package dev.latchkey.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Keyring;
import dev.latchkey.harness.Keyring.SecondFactor;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.World;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** A sign-in without its second factor opens nothing, and dies with all the others. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HalfFinishedSignInAttackTest {
    private static final String OTHER_PASSWORD = "another harbour 20 lanterns";

    private World world;
    private Keyring keys;
    private Person person;
    private SecondFactor factor;

    @BeforeAll
    void start() {
        world = World.start();
        keys = new Keyring(world);
    }

    @AfterAll
    void stop() {
        world.close();
    }

    @BeforeEach
    void enroll() {
        person = keys.somebody("member");
        factor = keys.enroll(person);
    }

    private String now() {
        return factor.app().codeAt(world.clock().instant());
    }

    private String wrong() {
        return factor.app().wrongCodeAt(world.clock().instant());
    }

    @Test
    void aRightPasswordAloneGivesNothingToSignInWith() {
        Reply half = keys.logIn(person.username(), person.password()).expect(200);
        assertThat(half.at("/second_factor_required").asBoolean()).isTrue();
        assertThat(half.json().has("token")).isFalse();
        assertThat(half.json().has("user")).isFalse();
        assertThat(half.setCookie()).isEmpty();
        assertThat(half.at("/methods").toString()).isEqualTo("[\"totp\",\"backup_code\"]");
        Reply withCookie = world.http()
                .post("/api/auth/login")
                .json("username", person.username(), "password", person.password(), "cookie", true)
                .expect(200);
        assertThat(withCookie.setCookie()).isEmpty();
        keys.me(half.textAt("/challenge")).expect(401);
        world.http()
                .get("/api/auth/me")
                .cookie("latchkey=" + half.textAt("/challenge"))
                .expect(401);
        Reply grant = keys.passwordGrant(person.username(), person.password()).send();
        assertThat(grant.status()).isEqualTo(400);
        assertThat(grant.textAt("/error")).isEqualTo("mfa_required");
        assertThat(grant.json().has("access_token")).isFalse();
    }

    @Test
    void aHalfFinishedSignInLeavesNoTraceOfASignIn() {
        Reply before =
                world.http().get("/api/users/" + person.id()).as(world.admin()).expect(200);
        long sessions = sessions();
        world.clock().advance(Duration.ofMinutes(1));
        keys.challenge(person);
        Reply after =
                world.http().get("/api/users/" + person.id()).as(world.admin()).expect(200);
        assertThat(after.at("/last_login_at")).isEqualTo(before.at("/last_login_at"));
        assertThat(sessions()).isEqualTo(sessions);
    }

    private long sessions() {
        return world.http()
                .get("/api/auth/sessions")
                .as(person)
                .expect(200)
                .at("/items")
                .size();
    }

    @Test
    void aChallengeLivesFiveMinutes() {
        String challenge = keys.challenge(person);
        world.clock().advance(Duration.ofSeconds(299));
        keys.answer(challenge, wrong()).refused(401, "invalid_code");
        world.clock().advance(Duration.ofSeconds(1));
        keys.answer(challenge, now()).refused(401, "challenge_invalid");
        keys.answer("not a challenge", now()).refused(401, "challenge_invalid");
    }

    @TestFactory
    Stream<DynamicTest> whatEndsSignInsEndsThoseThatAreHalfFinished() {
        return Stream.of(
                ended(
                        "password change",
                        p -> keys.changePassword(p, OTHER_PASSWORD).expect(200)),
                ended("password set", p -> keys.setPassword(p, OTHER_PASSWORD).expect(204)),
                ended("deactivation", p -> keys.order(p, "deactivate").expect(200)),
                ended("deactivation and activation", p -> {
                    keys.order(p, "deactivate").expect(200);
                    keys.order(p, "activate").expect(200);
                }),
                ended("end of sign-ins", p -> keys.order(p, "end-sessions").expect(204)),
                ended(
                        "removal of the factor",
                        p -> keys.order(p, "reset-second-factor").expect(204)),
                ended(
                        "deletion",
                        p -> world.http()
                                .delete("/api/users/" + p.id())
                                .as(world.admin())
                                .expect(204)),
                ended("end of membership", p -> {
                    keys.change(
                                    p,
                                    "membership_ends_at",
                                    world.clock().instant().plusSeconds(30).toString())
                            .expect(200);
                    world.clock().advance(Duration.ofSeconds(31));
                }));
    }

    private DynamicTest ended(String event, Consumer<Person> end) {
        return DynamicTest.dynamicTest(event, () -> {
            Person somebody = keys.somebody("member");
            SecondFactor theirs = keys.enroll(somebody);
            String challenge = keys.challenge(somebody);
            end.accept(somebody);
            keys.answer(challenge, theirs.app().codeAt(world.clock().instant())).refused(401, "challenge_invalid");
            keys.answer(challenge, theirs.backupCodes().get(0)).refused(401, "challenge_invalid");
        });
    }

    @Test
    void aForcedPasswordChangeComesAfterTheFactorAndNotInsteadOfIt() {
        keys.setPassword(person, OTHER_PASSWORD).expect(204);
        Reply half = keys.logIn(person.username(), OTHER_PASSWORD).expect(200);
        assertThat(half.at("/second_factor_required").asBoolean()).isTrue();
        Reply whole = keys.answer(half.textAt("/challenge"), now()).expect(200);
        assertThat(whole.at("/password_change_required").asBoolean()).isTrue();
        world.http().get("/api/media").bearer(whole.textAt("/token")).refused(403, "password_change_required");
    }
}
