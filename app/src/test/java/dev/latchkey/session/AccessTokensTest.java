package dev.latchkey.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTCreator;
import com.auth0.jwt.algorithms.Algorithm;
import dev.latchkey.account.Role;
import dev.latchkey.account.User;
import dev.latchkey.testing.Accounts;
import dev.latchkey.testing.SettableClock;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that somebody forged, changed or kept too long. */
class AccessTokensTest {
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    private static final Duration LIFE = Duration.ofMinutes(15);
    private static final Algorithm OURS = Algorithm.HMAC256(Accounts.JWT_SECRET);

    private final SettableClock clock = new SettableClock(NOW);
    private final AccessTokens tokens = new AccessTokens(Accounts.JWT_SECRET, "latchkey", LIFE, clock);

    private String mint() {
        User user = new User(
                7,
                "ada",
                "Ada",
                null,
                false,
                null,
                null,
                null,
                Role.ADMIN,
                true,
                false,
                3,
                5,
                false,
                null,
                0,
                null,
                NOW,
                null);
        return tokens.mint(user, 12, NOW.plus(Duration.ofDays(90)), null).token();
    }

    /** A token as we make them, with something changed. */
    private String forge(Algorithm algorithm, UnaryOperator<JWTCreator.Builder> change) {
        JWTCreator.Builder genuine = JWT.create()
                .withIssuer("latchkey")
                .withAudience("latchkey")
                .withSubject("7")
                .withClaim("username", "ada")
                .withClaim("role", "admin")
                .withClaim("typ", "access")
                .withJWTId("x")
                .withClaim("sid", 12L)
                .withClaim("epoch", 5L)
                .withIssuedAt(NOW)
                .withNotBefore(NOW)
                .withExpiresAt(NOW.plus(LIFE));
        return change.apply(genuine).sign(algorithm);
    }

    private static String encode(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String signed(String header, String payload) {
        String content = encode(header) + "." + payload;
        byte[] signature = OURS.sign(content.getBytes(StandardCharsets.UTF_8));
        return content + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    }

    private static String payload(String token) {
        return token.split("\\.")[1];
    }

    private void isRefused(String token) {
        assertThat(tokens.verify(token)).as(token).isEmpty();
    }

    @Test
    void whatWeMadeIsReadBack() {
        AccessToken token = tokens.verify(mint()).orElseThrow();
        assertThat(token).isEqualTo(new AccessToken(7, 12, "admin", 5, NOW, NOW.plus(LIFE)));
        assertThat(tokens.verify(forge(OURS, same -> same))).isPresent();
    }

    @Test
    void itCarriesTheClaimsOfTheContract() {
        var token = JWT.decode(mint());
        assertThat(token.getHeaderClaim("kid").isMissing()).isTrue();
        assertThat(token.getAlgorithm()).isEqualTo("HS256");
        assertThat(token.getClaims())
                .containsOnlyKeys(
                        "iss", "aud", "sub", "username", "role", "typ", "jti", "sid", "epoch", "iat", "nbf", "exp");
        assertThat(token.getSubject()).isEqualTo("7");
        assertThat(token.getId()).isNotEqualTo(JWT.decode(mint()).getId());
    }

    @Test
    void noOtherAlgorithmIsAccepted() throws NoSuchAlgorithmException {
        var keys = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        isRefused(forge(Algorithm.none(), same -> same));
        isRefused(forge(Algorithm.HMAC384(Accounts.JWT_SECRET), same -> same));
        isRefused(forge(Algorithm.HMAC512(Accounts.JWT_SECRET), same -> same));
        isRefused(forge(
                Algorithm.RSA256((RSAPublicKey) keys.getPublic(), (RSAPrivateKey) keys.getPrivate()), same -> same));
        for (String algorithm : List.of("none", "None", "NONE", "hs256", "HS384", "RS256", "ES256", "")) {
            String header = "{\"alg\":\"" + algorithm + "\",\"typ\":\"JWT\"}";
            isRefused(signed(header, payload(mint())));
            isRefused(encode(header) + "." + payload(mint()) + ".");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"typ\":\"JWT\",\"alg\":\"HS256\"} ",
                "{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"../../dev/null\"}",
                "{\"alg\":\"HS256\",\"typ\":\"JWT\",\"jku\":\"http://evil.example/keys\"}",
                "{\"alg\":\"HS256\",\"typ\":\"JWT\",\"jwk\":{\"kty\":\"oct\",\"k\":\"AAAA\"}}",
                "{\"alg\":\"HS256\",\"typ\":\"JWT\",\"crit\":[\"exp\"],\"exp\":0}",
                "{\"alg\":\"HS256\",\"typ\":\"JWT\",\"zip\":\"DEF\"}",
                "{\"alg\":\"HS256\",\"alg\":\"none\",\"typ\":\"JWT\"}",
                "{\"alg\":\"HS256\"}",
                "{}",
                "[]",
                ""
            })
    void noOtherHeaderIsAcceptedEvenUnderOurSignature(String header) {
        isRefused(signed(header, payload(mint())));
    }

    @Test
    void noOtherSecretIsAccepted() {
        isRefused(forge(Algorithm.HMAC256(new byte[32]), same -> same));
        isRefused(forge(Algorithm.HMAC256("latchkey"), same -> same));
    }

    @Test
    void everyClaimHasToBeRight() {
        isRefused(forge(OURS, token -> token.withIssuer("evil")));
        isRefused(forge(OURS, token -> token.withAudience("another")));
        isRefused(forge(OURS, token -> token.withClaim("typ", "refresh")));
        isRefused(forge(OURS, token -> token.withClaim("typ", 1)));
        isRefused(forge(OURS, token -> token.withSubject("ada")));
        isRefused(forge(OURS, token -> token.withSubject("99999999999999999999")));
        isRefused(forge(OURS, token -> token.withClaim("sid", "12")));
        isRefused(forge(OURS, token -> token.withClaim("epoch", "5")));
        for (String claim : List.of("iss", "aud", "sub", "typ", "sid", "epoch", "nbf", "exp")) {
            isRefused(forge(OURS, token -> token.withNullClaim(claim)));
        }
        isRefused(signed("{\"alg\":\"HS256\",\"typ\":\"JWT\"}", encode("{}")));
        isRefused(signed("{\"alg\":\"HS256\",\"typ\":\"JWT\"}", encode("[1]")));
        isRefused(signed("{\"alg\":\"HS256\",\"typ\":\"JWT\"}", encode("not json")));
    }

    @Test
    void timesCount() {
        isRefused(forge(OURS, token -> token.withExpiresAt(NOW)));
        isRefused(forge(OURS, token -> token.withNotBefore(NOW.plusSeconds(1))));
        isRefused(forge(OURS, token -> token.withIssuedAt(NOW.plusSeconds(1))));
        String token = mint();
        clock.advance(LIFE.minusMillis(1));
        assertThat(tokens.verify(token)).isPresent();
        clock.advance(Duration.ofMillis(1));
        isRefused(token);
        clock.advance(LIFE.negated());
        assertThat(tokens.verify(token)).isPresent();
        clock.advance(Duration.ofMillis(-1));
        isRefused(token);
    }

    @Test
    void aTokenHasOneSpelling() {
        String token = mint();
        for (int end = 0; end < token.length(); end++) {
            isRefused(token.substring(0, end));
        }
        isRefused(token + "=");
        isRefused(token + ".");
        isRefused(token + " ");
        isRefused(token + "A");
        isRefused(token.replace(".", ".."));
        isRefused(token.replace(".", ""));
        isRefused(token + "." + token.split("\\.")[2]);
        for (char last : "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".toCharArray()) {
            String other = token.substring(0, token.length() - 1) + last;
            assertThat(tokens.verify(other).isPresent()).isEqualTo(other.equals(token));
        }
        isRefused(token.substring(0, token.indexOf('.') + 1) + "A".repeat(5_000_000));
    }

    @Property(tries = 2000)
    void aChangedTokenIsRefused(@ForAll("change") Map.Entry<Integer, Character> change) {
        char[] token = mint().toCharArray();
        int place = change.getKey() % token.length;
        char before = token[place];
        token[place] = change.getValue();
        assertThat(tokens.verify(new String(token)).isPresent()).isEqualTo(before == change.getValue());
    }

    @Provide
    Arbitrary<Map.Entry<Integer, Character>> change() {
        Arbitrary<Character> any = Arbitraries.oneOf(
                Arbitraries.chars().ascii(), Arbitraries.chars().all());
        return Arbitraries.integers().between(0, 1000).flatMap(place -> any.map(c -> Map.entry(place, c)));
    }

    @Property(tries = 2000)
    void anyTextBehindOurHeaderIsRefused(@ForAll String text) {
        isRefused(mint().split("\\.")[0] + "." + text);
        isRefused(text);
    }
}
