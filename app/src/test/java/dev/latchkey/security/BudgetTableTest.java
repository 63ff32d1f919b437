package dev.latchkey.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Call;
import dev.latchkey.harness.Http;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.World;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** How many attempts a minute one address has at each route that somebody could guess at, or have mails sent by. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BudgetTableTest {
    private World world;
    private int addresses;

    @BeforeAll
    void start() {
        world = World.start(Map.of("trusted_proxies", "127.0.0.1", "email.verification", "true"));
        world.server().restart(Map.of("throttle.factor", "1"));
    }

    @AfterAll
    void stop() {
        world.close();
    }

    private record Row(String name, int budget, Function<Http, Call> call) {}

    private static Row open(int budget, String path) {
        return new Row(path, budget, http -> http.post("/api/auth/" + path).json());
    }

    private Row own(int budget, String path) {
        return new Row(
                path,
                budget,
                http -> http.post("/api/auth/" + path).as(world.member()).json());
    }

    private static Row grant(int budget, String type) {
        return new Row(
                "token by " + type,
                budget,
                http -> http.post("/api/auth/token")
                        .json("grant_type", type, "username", "nobody", "password", "x", "refresh_token", "x"));
    }

    private Stream<Row> table() {
        return Stream.of(
                open(5, "setup"),
                open(5, "login"),
                open(5, "login/second-factor"),
                grant(5, "password"),
                grant(10, "refresh_token"),
                open(5, "join-requests"),
                open(3, "register"),
                open(5, "device"),
                open(3, "password/forgot"),
                open(5, "password/verify-reset-token"),
                open(5, "password/reset"),
                open(5, "password/check"),
                own(5, "password/change"),
                new Row(
                        "me",
                        5,
                        http -> http.patch("/api/auth/me").as(world.member()).json()),
                own(5, "totp/enroll"),
                own(5, "totp/confirm"),
                own(5, "totp/disable"),
                own(5, "totp/backup-codes"),
                own(3, "email/send-verification"),
                open(5, "email/verify"));
    }

    @TestFactory
    Stream<DynamicTest> anAddressHasSoManyAttemptsAMinute() {
        return table().map(row ->
                DynamicTest.dynamicTest(row.budget() + " at " + row.name(), () -> spend(row.call(), row.budget())));
    }

    private void spend(Function<Http, Call> call, int budget) {
        String address = "203.0.113." + ++addresses;
        for (int i = 0; i < budget; i++) {
            assertThat(call.apply(world.http().from(address)).send().status())
                    .as("attempt " + (i + 1))
                    .isNotEqualTo(429);
        }
        Reply refused = call.apply(world.http().from(address)).refused(429, "rate_limited");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 61);
        String elsewhere = "198.51.100." + addresses;
        assertThat(call.apply(world.http().from(elsewhere)).send().status()).isNotEqualTo(429);
    }
}
