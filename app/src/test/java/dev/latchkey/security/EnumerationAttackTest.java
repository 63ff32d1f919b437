package dev.latchkey.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.harness.Call;
import dev.latchkey.harness.Keyring;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Nobody learns from an answer whether an account exists, or in what state it is: the bytes are the same. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EnumerationAttackTest {
    private static final Set<String> OF_THE_MOMENT = Set.of("Date", "X-Request-Id", "Server-Timing");
    private static final String WRONG = "not the password 9";

    private World world;
    private Keyring keys;
    /** Names of people who cannot sign in, with the password that would be theirs. */
    private final Map<String, String> names = new LinkedHashMap<>();

    @BeforeAll
    void start() {
        world = World.start(Map.of("registration", "invite"));
        keys = new Keyring(world);
        names.put("nobody-of-that-name", World.PASSWORD);
        names.put("nobody@example.org", World.PASSWORD);
        names.put("no body@@", World.PASSWORD);
        names.put("", World.PASSWORD);
        names.put("mel", WRONG);
        names.put("MEL", WRONG);
        names.put("ada", WRONG);
        withAddress("mailed", "mailed@example.org");
        names.put("mailed@example.org", WRONG);
        Person deactivated = withAddress("switchedoff", "off@example.org");
        keys.order(deactivated, "deactivate").expect(200);
        names.put("switchedoff", World.PASSWORD);
        names.put("off@example.org", World.PASSWORD);
        withoutPassword();
        Person expired = withAddress("expired", "expired@example.org");
        endMembership(expired);
        names.put("expired", World.PASSWORD);
        names.put("expired@example.org", World.PASSWORD);
        Person deleted = withAddress("deleted", "deleted@example.org");
        world.http().delete("/api/users/" + deleted.id()).as(world.admin()).expect(204);
        names.put("deleted", World.PASSWORD);
        names.put("deleted@example.org", World.PASSWORD);
        names.put("former member " + deleted.id(), World.PASSWORD);
        world.ask("pending", "member");
        names.put("pending", WRONG);
        Person protectedOne = world.join("guarded", "member");
        keys.enroll(protectedOne);
        names.put("guarded", WRONG);
        keys.setPassword(world.join("forced", "member"), "set by an admin 12").expect(204);
        names.put("forced", World.PASSWORD);
    }

    private Person withAddress(String username, String email) {
        Person person = world.join(username, "member");
        keys.change(person, "email", email).expect(200);
        return person;
    }

    private void withoutPassword() {
        world.http()
                .post("/api/users")
                .as(world.admin())
                .json("username", "wordless", "email", "wordless@example.org", "role", "member")
                .expect(201);
        names.put("wordless", World.PASSWORD);
        names.put("wordless@example.org", World.PASSWORD);
    }

    private void endMembership(Person person) {
        keys.change(
                        person,
                        "membership_ends_at",
                        world.clock().instant().plusSeconds(5).toString())
                .expect(200);
        world.clock().advance(Duration.ofSeconds(6));
    }

    @AfterAll
    void stop() {
        world.close();
    }

    /** Status, headers and body, but for what every answer has of its own. */
    private static String fingerprint(Reply reply) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(reply.headers());
        OF_THE_MOMENT.forEach(headers::remove);
        Object body = reply.json() instanceof ObjectNode object ? object.without("request_id") : reply.text();
        return reply.status() + " " + headers + " " + body;
    }

    private Stream<DynamicTest> sameFor(Function<Map.Entry<String, String>, Call> request) {
        Map.Entry<String, String> unknown = names.entrySet().iterator().next();
        return names.entrySet().stream()
                .filter(name -> !name.getKey().isEmpty())
                .map(name -> DynamicTest.dynamicTest(name.getKey(), () -> {
                    Reply expected = request.apply(unknown).send();
                    Reply reply = request.apply(name).send();
                    assertThat(fingerprint(reply)).isEqualTo(fingerprint(expected));
                }));
    }

    @TestFactory
    Stream<DynamicTest> aSignInIsRefusedInTheSameWords() {
        return sameFor(name -> keys.logIn(name.getKey(), name.getValue()));
    }

    @TestFactory
    Stream<DynamicTest> aPasswordGrantIsRefusedInTheSameWords() {
        return sameFor(name -> keys.passwordGrant(name.getKey(), name.getValue()));
    }

    @TestFactory
    Stream<DynamicTest> aPasswordGrantWithACodeIsRefusedInTheSameWords() {
        return sameFor(name -> world.http()
                .post("/api/auth/token")
                .json(
                        "grant_type",
                        "password",
                        "username",
                        name.getKey(),
                        "password",
                        name.getValue(),
                        "totp",
                        "123456"));
    }

    @TestFactory
    Stream<DynamicTest> aForgottenPasswordIsAnsweredInTheSameWords() {
        return Stream.of(
                        "nobody@example.org",
                        "mailed@example.org",
                        "MAILED@Example.ORG",
                        "off@example.org",
                        "wordless@example.org",
                        "expired@example.org",
                        "deleted@example.org")
                .map(address -> DynamicTest.dynamicTest(address, () -> {
                    Reply expected = forgot("stranger@example.org").expect(200);
                    assertThat(fingerprint(forgot(address).send())).isEqualTo(fingerprint(expected));
                    assertThat(expected.setCookie()).isEmpty();
                }));
    }

    private Call forgot(String email) {
        return world.http().post("/api/auth/password/forgot").json("email", email);
    }

    @Test
    void aResetLinkThatDoesNotWorkDoesNotSayWhy() {
        Person person = keys.somebody("member");
        String used = keys.resetToken(person);
        keys.reset(used, "lanterns of another harbour").expect(200);
        String ended = keys.resetToken(person);
        keys.order(person, "deactivate").expect(200);
        Person late = keys.somebody("member");
        String expired = keys.resetToken(late);
        world.clock().advance(Duration.ofHours(169));

        String unknown = "lkx_" + "0".repeat(43);
        List<String> seen = new ArrayList<>();
        for (String link : List.of(
                unknown, used, ended, expired, "", "x", "lkx_", world.admin().token())) {
            Reply look = world.http()
                    .post("/api/auth/password/verify-reset-token")
                    .json("token", link)
                    .send();
            Reply reset = keys.reset(link, "lanterns of a third harbour").send();
            Reply withCode = world.http()
                    .post("/api/auth/password/reset")
                    .json("token", link, "new_password", "lanterns of a third harbour", "code", "123456")
                    .send();
            if (!link.isEmpty()) {
                reset.refused(400, "token_invalid");
                seen.add(fingerprint(look) + fingerprint(reset) + fingerprint(withCode));
            }
        }
        assertThat(seen).allMatch(seen.get(0)::equals);
        world.signInAgain();
    }

    @Test
    void aTokenThatIsRevokedDoesNotSayWhatItWas() {
        Person person = keys.somebody("member");
        Keyring.Tokens tokens = keys.tokens(person);
        keys.revoke(keys.tokens(person).refresh()).expect(200);
        String expected = fingerprint(keys.revoke("lkr_" + "0".repeat(43)).expect(200));
        for (String token : List.of(tokens.refresh(), tokens.refresh(), "x", person.token())) {
            assertThat(fingerprint(keys.revoke(token).expect(200))).isEqualTo(expected);
        }
    }

    @Test
    void othersLearnNoAddressFromAResetLink() {
        Person person = withAddress("masked", "a.very.private.address@example.org");
        Reply look = world.http()
                .post("/api/auth/password/verify-reset-token")
                .json("token", keys.resetToken(person))
                .expect(200);
        assertThat(look.at("/valid").asBoolean()).isTrue();
        assertThat(look.text()).doesNotContain("private", "very", "address");
    }
}
