package dev.latchkey.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.harness.Keyring;
import dev.latchkey.harness.Keyring.Tokens;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Access tokens that somebody made, bent or took for something else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessTokenAttackTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private World world;
    private Keyring keys;
    private Person person;
    private Tokens tokens;

    @BeforeAll
    void start() {
        world = World.start();
        keys = new Keyring(world);
        person = keys.somebody("member");
        tokens = keys.tokens(person);
    }

    @AfterAll
    void stop() {
        world.close();
    }

    private static ObjectNode part(String jwt, int number) {
        try {
            return (ObjectNode) JSON.readTree(Base64.getUrlDecoder().decode(jwt.split("\\.")[number]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String encoded(JsonNode node) {
        return encoded(node.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String hmac(String algorithm, String key, String text) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), algorithm));
            return encoded(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theClaimsAreThoseOfTheContract() {
        ObjectNode claims = part(tokens.access(), 1);
        for (String claim : List.of("iss", "aud", "sub", "username", "role", "typ", "jti", "sid", "exp", "iat")) {
            assertThat(claims.has(claim)).as(claim + " in " + claims).isTrue();
        }
        assertThat(claims.path("typ").asText()).isEqualTo("access");
        assertThat(claims.path("sub").asText()).isEqualTo(String.valueOf(person.id()));
        assertThat(claims.path("username").asText()).isEqualTo(person.username());
        assertThat(claims.path("role").asText()).isEqualTo("member");
        assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(900);
        String other = part(keys.tokens(person).access(), 1).path("jti").asText();
        assertThat(claims.path("jti").asText()).isNotEmpty().isNotEqualTo(other);
    }

    @TestFactory
    Stream<DynamicTest> aTokenThatWasBentIsRefused() {
        String[] parts = tokens.access().split("\\.");
        Map<String, String> bent = new LinkedHashMap<>();
        bent.put("without a signature", parts[0] + "." + parts[1] + ".");
        bent.put("without a signature and its dot", parts[0] + "." + parts[1]);
        bent.put("with a part too many", tokens.access() + ".x");
        bent.put(
                "with half a signature",
                tokens.access().substring(0, tokens.access().length() - 20));
        bent.put(
                "with the signature of another",
                parts[0] + "." + parts[1] + "." + keys.tokens(person).access().split("\\.")[2]);
        for (String none : List.of("none", "None", "NONE", "nOnE", "")) {
            bent.put("signed by " + none, unsigned(header -> header.put("alg", none)));
        }
        bent.put("without an algorithm", unsigned(header -> (ObjectNode) header.without("alg")));
        for (String algorithm : List.of("HS256", "HS384", "HS512")) {
            for (String key : List.of("", "secret", "null")) {
                if (!key.isEmpty()) {
                    bent.put(algorithm + " with the key " + key, signed(algorithm, key));
                }
            }
        }
        bent.put("RS256", unsigned(header -> header.put("alg", "RS256")) + "AAAA");
        bent.put("an embedded key", withHeader("jwk", "{\"kty\":\"oct\",\"k\":\"" + encoded(new byte[32]) + "\"}"));
        bent.put("a key from elsewhere", withHeader("jku", "\"http://127.0.0.1:1/keys\""));
        bent.put("a key by path", withHeader("kid", "\"../../../../dev/null\""));
        bent.put("role raised", withClaim("role", "admin"));
        bent.put("somebody else", withClaim("sub", String.valueOf(world.admin().id())));
        bent.put("no JSON inside", parts[0] + "." + encoded("hello".getBytes(StandardCharsets.UTF_8)) + "." + parts[2]);
        bent.put("two dots", "..");
        bent.put("a blank inside", parts[0] + " ." + parts[1] + "." + parts[2]);
        bent.put("very long", parts[0] + "." + "A".repeat(5000) + "." + parts[2]);
        return bent.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    Reply reply = keys.me(entry.getValue()).expect(401);
                    assertThat(reply.header("WWW-Authenticate"))
                            .startsWith("Bearer")
                            .contains("invalid_token");
                }));
    }

    private String unsigned(UnaryOperator<ObjectNode> change) {
        return encoded(change.apply(part(tokens.access(), 0))) + "."
                + tokens.access().split("\\.")[1] + ".";
    }

    private String signed(String algorithm, String key) {
        String head = encoded(part(tokens.access(), 0).put("alg", algorithm));
        String text = head + "." + tokens.access().split("\\.")[1];
        return text + "." + hmac("HmacSHA" + algorithm.substring(2), key, text);
    }

    private String withHeader(String name, String json) {
        try {
            ObjectNode header = part(tokens.access(), 0);
            header.set(name, JSON.readTree(json));
            String text = encoded(header) + "." + tokens.access().split("\\.")[1];
            return text + "." + hmac("HmacSHA256", "\0".repeat(32), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String withClaim(String name, String value) {
        String[] parts = tokens.access().split("\\.");
        return parts[0] + "." + encoded(part(tokens.access(), 1).put(name, value)) + "." + parts[2];
    }

    @Test
    void oneKindOfTokenDoesNotPassForAnother() {
        Tokens fresh = keys.tokens(person);
        keys.me(fresh.refresh()).expect(401);
        for (String token : List.of(fresh.access(), person.token(), world.invite(), keys.resetToken(person), "")) {
            Reply reply = keys.refresh(token).send();
            assertThat(reply.status()).as(reply::toString).isEqualTo(400);
        }
        keys.me(keys.resetToken(person)).expect(401);
        assertThat(keys.isGood(fresh.refresh())).isFalse();
        world.http().get("/api/auth/me").cookie("latchkey=" + fresh.refresh()).expect(401);
        keys.refresh(fresh.refresh()).expect(200);
    }

    @Test
    void aTokenIsGoodForFifteenMinutesAndNotBeforeItWasMade() {
        Tokens fresh = keys.tokens(person);
        world.clock().advance(Duration.ofSeconds(899));
        keys.me(fresh.access()).expect(200);
        world.clock().advance(Duration.ofSeconds(1));
        keys.me(fresh.access()).expect(401);
        Tokens future = keys.tokens(person);
        world.clock().advance(Duration.ofMinutes(-10));
        keys.me(future.access()).expect(401);
        world.clock().advance(Duration.ofMinutes(10));
        keys.me(future.access()).expect(200);
    }

    @Test
    void aTokenOfAnotherInstanceIsRefused() {
        try (World other = World.start()) {
            Person namesake = other.signIn(other.member());
            Tokens foreign = new Keyring(other).tokens(namesake);
            keys.me(foreign.access()).expect(401);
            assertThat(keys.refresh(foreign.refresh()).send().status()).isEqualTo(400);
        }
    }

    @Test
    void aFamilyEndsThirtyDaysAfterItsLastUseAndAfterNinetyInAnyCase() {
        Tokens idle = keys.tokens(person);
        Tokens used = keys.tokens(person);
        for (int day = 0; day < 87; day += 29) {
            world.clock().advance(Duration.ofDays(29));
            used = keys.refreshed(used);
        }
        assertThat(keys.refresh(idle.refresh()).send().status()).isEqualTo(400);
        world.clock().advance(Duration.ofDays(3).minusSeconds(5));
        used = keys.refreshed(used);
        long last = part(used.access(), 1).path("exp").asLong();
        assertThat(last)
                .as("an access token does not outlive its family")
                .isLessThanOrEqualTo(world.clock().instant().getEpochSecond() + 900);
        world.clock().advance(Duration.ofSeconds(6));
        keys.me(used.access()).expect(401);
        assertThat(keys.refresh(used.refresh()).send().status()).isEqualTo(400);
        world.signInAgain();
    }

    @Test
    void aRoleStandsInNoTokenForLong() {
        Person rising = keys.somebody("member");
        Tokens before = keys.tokens(rising);
        keys.change(rising, "role", "manager").expect(200);
        keys.me(before.access()).expect(401);
        Tokens after = keys.refreshed(before);
        assertThat(part(after.access(), 1).path("role").asText()).isEqualTo("manager");
        world.http().get("/api/auth/invites").bearer(after.access()).expect(200);
        keys.change(rising, "role", "guest").expect(200);
        world.http().get("/api/auth/invites").bearer(after.access()).expect(401);
        world.http()
                .get("/api/auth/invites")
                .bearer(keys.refreshed(after).access())
                .refused(403, "forbidden");
    }

    @Test
    void anAccessTokenEndsOtherSignInsOfItsOwnerOnly() {
        Person other = keys.somebody("member");
        Tokens mine = keys.tokens(person);
        long theirs = keys.idOf(other.token());
        world.http()
                .delete("/api/auth/sessions/" + theirs)
                .bearer(mine.access())
                .expect(404);
        long theirFamily = keys.idOf(keys.tokens(other).access());
        world.http()
                .delete("/api/auth/sessions/" + theirFamily)
                .bearer(mine.access())
                .expect(404);
        keys.me(other.token()).expect(200);
    }
}
