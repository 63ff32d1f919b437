package dev.latchkey.session;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTCreator;
import com.auth0.jwt.JWTVerifier;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.JWTVerificationException;
import com.auth0.jwt.interfaces.DecodedJWT;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.latchkey.account.User;
import dev.latchkey.crypto.Secrets;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Makes and reads access tokens: JWTs (RFC 7519) of one algorithm, HMAC with SHA-256. What does not begin with our own
 * header, letter for letter, or does not end with our signature is never parsed.
 */
public final class AccessTokens {
    private static final String AUDIENCE = "latchkey";
    private static final String TYPE = "access";
    /** Ours have some 400 characters; a long {@code public_url} adds to it. */
    private static final int MAX_LENGTH = 4096;

    private static final int LIMIT = 10_000;

    private final Algorithm algorithm;
    private final String issuer;
    private final Duration life;
    private final Clock clock;
    private final String header;
    private final JWTVerifier verifier;
    /** By the token's hash, so that a token in use is parsed once; whether it still counts is asked each time. */
    private final Cache<String, AccessToken> read =
            Caffeine.newBuilder().maximumSize(LIMIT).build();

    /**
     * @param secret at least 32 bytes
     * @param issuer the claim {@code iss}: {@code public_url}, or a name
     * @param life how long a token counts
     */
    public AccessTokens(byte[] secret, String issuer, Duration life, Clock clock) {
        this.algorithm = Algorithm.HMAC256(secret);
        this.issuer = issuer;
        this.life = life;
        this.clock = clock;
        this.header = JWT.create().sign(algorithm).split("\\.")[0] + ".";
        this.verifier = ((JWTVerifier.BaseVerification) JWT.require(algorithm)
                        .withIssuer(issuer)
                        .withAudience(AUDIENCE)
                        .withClaim("typ", TYPE))
                .build(clock);
    }

    /**
     * A token of {@code user} that ends with its family, at {@code familyEnd}, at the latest.
     *
     * @param providerName what the join code behind it names as {@code provider_name}, or null
     */
    Minted mint(User user, long familyId, Instant familyEnd, String providerName) {
        Instant now = clock.instant();
        Duration untilEnd = Duration.between(now, familyEnd);
        Duration counts = untilEnd.compareTo(life) < 0 ? untilEnd : life;
        JWTCreator.Builder claims = JWT.create()
                .withIssuer(issuer)
                .withAudience(AUDIENCE)
                .withSubject(Long.toString(user.id()))
                .withClaim("username", user.username())
                .withClaim("role", user.role().name().toLowerCase(Locale.ROOT))
                .withClaim("typ", TYPE)
                .withJWTId(UUID.randomUUID().toString())
                .withClaim("sid", familyId)
                .withClaim("epoch", user.accessEpoch())
                .withIssuedAt(now) // written in whole seconds, as the two below
                .withNotBefore(now)
                .withExpiresAt(now.plus(counts).plusNanos(999_999_999));
        if (providerName != null) {
            claims.withClaim("provider_name", providerName);
        }
        return new Minted(claims.sign(algorithm), counts);
    }

    /** A token, and for how long it counts. */
    record Minted(String token, Duration life) {
        @Override
        public String toString() {
            return "Minted[" + life + "]";
        }
    }

    /** What {@code token} says; empty unless we made it and it counts at this moment. */
    Optional<AccessToken> verify(String token) {
        if (token.length() > MAX_LENGTH || !token.startsWith(header)) {
            return Optional.empty();
        }
        return Optional.ofNullable(read.get(Secrets.hash(token), hash -> parse(token)))
                .filter(claims -> claims.countsAt(clock.instant()));
    }

    private AccessToken parse(String token) {
        try {
            return isSigned(token) ? claims(verifier.verify(token)) : null;
        } catch (JWTVerificationException | NumberFormatException e) {
            return null;
        }
    }

    /** Compares as text, so that there is one spelling of each token. */
    private boolean isSigned(String token) {
        int end = token.lastIndexOf('.');
        byte[] signature = algorithm.sign(token.substring(0, end).getBytes(StandardCharsets.UTF_8));
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
        return Secrets.same(text, token.substring(end + 1));
    }

    private static AccessToken claims(DecodedJWT token) {
        Long family = token.getClaim("sid").asLong();
        Long epoch = token.getClaim("epoch").asLong();
        if (family == null || epoch == null || token.getNotBefore() == null || token.getExpiresAt() == null) {
            return null;
        }
        return new AccessToken(
                Long.parseLong(token.getSubject()),
                family,
                token.getClaim("role").asString(),
                epoch,
                token.getNotBeforeAsInstant(),
                token.getExpiresAtAsInstant());
    }
}
