package dev.latchkey.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Call;
import dev.latchkey.harness.LogLines;
import dev.latchkey.harness.Race;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Guessing the letters of join codes. */
class JoinCodeBudgetTest {
    private World world;
    private Reply code;

    @BeforeEach
    void start() {
        world = World.start(Map.of("trusted_proxies", "127.0.0.1"));
        code = world.http()
                .post("/api/auth/join-codes")
                .as(world.manager())
                .json("guest_name", "Aunt May", "max_uses", 0, "expires_in_hours", 100)
                .expect(200);
        world.server().restart(Map.of("throttle.factor", "1"));
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private Call type(String address, String typed) {
        return world.http().from(address).post("/api/auth/join-codes/exchange").json("code", typed);
    }

    private void guess(String address, int times) {
        for (int i = 0; i < times; i++) {
            type(address, "WRONG" + i % 10).refused(401, "join_code_invalid");
        }
    }

    private int isDelayed(String address) {
        Reply reply = type(address, code.textAt("/code")).refused(429, "rate_limited");
        return Integer.parseInt(reply.header("Retry-After"));
    }

    private void letsIn(String address) {
        type(address, code.textAt("/code")).expect(200);
    }

    private void linkLetsIn(String address) {
        type(address, code.textAt("/url").split("join=")[1]).expect(200);
    }

    @Test
    void anAddressHasFiveWrongCodesAMinute() {
        guess("203.0.113.1", 5);
        assertThat(isDelayed("203.0.113.1")).isBetween(1, 61);
        linkLetsIn("203.0.113.1");
        letsIn("203.0.113.2");
        world.clock().advance(Duration.ofSeconds(61));
        letsIn("203.0.113.1");
    }

    @Test
    void rightCodesAndLinksCostNothing() {
        for (int i = 0; i < 30; i++) {
            letsIn("203.0.113.1");
            linkLetsIn("203.0.113.1");
            type("203.0.113.1", "lkj_" + "x".repeat(43)).refused(401, "join_code_invalid");
        }
        guess("203.0.113.1", 5);
        isDelayed("203.0.113.1");
    }

    @Test
    void anAddressHasTwentyWrongCodesAnHour() {
        for (int i = 0; i < 4; i++) {
            guess("203.0.113.1", 5);
            world.clock().advance(Duration.ofSeconds(61));
        }
        assertThat(isDelayed("203.0.113.1")).isGreaterThan(3000);
        world.clock().advance(Duration.ofMinutes(57));
        letsIn("203.0.113.1");
    }

    @Test
    void anIpv6HouseholdCountsAsOneAddress() {
        for (int i = 0; i < 5; i++) {
            guess("2001:db8:1:2::" + i, 1);
        }
        isDelayed("2001:db8:1:2:ffff::1");
        letsIn("2001:db8:1:3::1");
    }

    @Test
    void aRestartForgetsNothing() {
        guess("203.0.113.1", 5);
        world.server().restart();
        isDelayed("203.0.113.1");
        linkLetsIn("203.0.113.1");
        letsIn("203.0.113.2");
    }

    @Test
    void fromManyAddressesThereAreAHundredWrongCodesAnHour() {
        try (LogLines log = LogLines.record()) {
            for (int i = 0; i < 50; i++) {
                guess("198.51.100." + i, 1);
                guess("2001:db8:7:" + i + "::1", 1);
            }
            assertThat(log.text().lines().filter(line -> line.contains("join codes cannot be typed for a while")))
                    .hasSize(1);
        }
        isDelayed("203.0.113.9");
        world.server().restart();
        isDelayed("203.0.113.10");
        linkLetsIn("203.0.113.10");
        Reply audit = world.http()
                .get("/api/audit?action=join_code.budget_spent")
                .as(world.admin())
                .expect(200);
        assertThat(audit.at("/items")).hasSize(1);
        world.clock().advance(Duration.ofMinutes(61));
        letsIn("203.0.113.9");
    }

    @Test
    void parallelGuessesDoNotOutrunTheCount() {
        List<Reply> replies = Race.of(number -> type("203.0.113.1", "GUESS" + number % 10));
        assertThat(replies).filteredOn(reply -> reply.status() == 401).hasSize(5);
        assertThat(replies).filteredOn(reply -> reply.status() == 429).hasSize(Race.THREADS - 5);
    }

    @Test
    void theFactorMultipliesAndNoneSwitchesOff() {
        world.server().restart(Map.of("throttle.factor", "2"));
        guess("203.0.113.1", 10);
        isDelayed("203.0.113.1");
        world.server().restart(Map.of("throttle.factor", "0"));
        guess("203.0.113.1", 30);
        letsIn("203.0.113.1");
    }
}
