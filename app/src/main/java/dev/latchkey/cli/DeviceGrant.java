package dev.latchkey.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.error.Problem;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Signs a device in by a code that a person approves elsewhere (RFC 8628). */
final class DeviceGrant {
    private static final String TYPE = "urn:ietf:params:oauth:grant-type:device_code";

    private final Connection connection;
    private final Consumer<String> tell;
    private final LongConsumer pause;

    /**
     * A sign-in at this server.
     *
     * @param tell is told what the person has to do
     * @param pause waits for so many seconds
     */
    DeviceGrant(Connection connection, Consumer<String> tell, LongConsumer pause) {
        this.connection = connection;
        this.tell = tell;
        this.pause = pause;
    }

    /** The tokens, once somebody approved; empty where the server has no such route. @throws Problem when they did not */
    Optional<JsonNode> run(String clientName) {
        Api.Answer asked = connection.anonymous("POST", "/api/auth/device", Map.of("client_name", clientName));
        if (asked.status() == 404) {
            return Optional.empty();
        }
        JsonNode device = asked.orRefusal();
        tell.accept("Open " + device.path("verification_uri").asText() + " and enter this code: "
                + device.path("user_code").asText());
        tell.accept("Or open " + device.path("verification_uri_complete").asText());
        long interval = device.path("interval").asLong(5);
        Map<String, String> grant = Map.of(
                "grant_type", TYPE, "device_code", device.path("device_code").asText());
        while (true) {
            pause.accept(interval);
            Api.Answer answer = connection.anonymous("POST", "/api/auth/token", grant);
            if (answer.isOk()) {
                return Optional.of(answer.body());
            }
            switch (answer.body().path("error").asText()) {
                case "authorization_pending" -> {}
                case "slow_down" -> interval += 5;
                case "access_denied" -> throw Problem.forbidden("access_denied", "The sign-in was turned down.");
                case "expired_token" ->
                    throw Problem.forbidden("expired_token", "Nobody approved the code in time. Try again.");
                default -> answer.orRefusal();
            }
        }
    }

    /** Waits; what {@code pause} is outside of tests. */
    static void sleep(long seconds) {
        try {
            TimeUnit.SECONDS.sleep(seconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable("Interrupted before anybody approved the code.", null);
        }
    }
}
