package dev.latchkey.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Call;
import dev.latchkey.harness.Http;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.World;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    private World world;

    /** The people come in before the throttles are on: they would need more attempts than one address has. */
    @BeforeEach
    void start() {
        world = World.start(Map.of("trusted_proxies", "127.0.0.1"));
        world.server().restart(Map.of("throttle.factor", "1"));
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private Call login(String address, String username, String password) {
        return world.http().from(address).post("/api/auth/login").json("username", username, "password", password);
    }

    private static void isDelayed(Reply reply) {
        reply.refused(429, "rate_limited");
        assertThat(Integer.parseInt(reply.header("Retry-After"))).isPositive();
    }

    @Test
    void anAddressHasFiveSignInsAMinute() {
        for (int i = 0; i < 5; i++) {
            login("203.0.113.1", "mel" + i, "wrong").expect(401);
        }
        isDelayed(login("203.0.113.1", "mel", World.PASSWORD).send());
        login("203.0.113.2", "mel", World.PASSWORD).expect(200);
        world.clock().advance(Duration.ofSeconds(61));
        login("203.0.113.1", "mel", World.PASSWORD).expect(200);
    }

    @Test
    void anIpv6HouseholdCountsAsOneAddress() {
        for (int i = 0; i < 5; i++) {
            login("2001:db8:1:2::" + i, "mel" + i, "wrong").expect(401);
        }
        isDelayed(login("2001:db8:1:2:ffff::1", "mel", World.PASSWORD).send());
        login("2001:db8:1:3::1", "mel", World.PASSWORD).expect(200);
    }

    @Test
    void joinRequestsAndSetupAreCountedToo() {
        Http http = world.http().from("203.0.113.3");
        for (int i = 0; i < 5; i++) {
            http.post("/api/auth/join-requests")
                    .json("invite_token", "lki_x", "username", "u" + i, "password", World.PASSWORD)
                    .expect(400);
        }
        isDelayed(http.post("/api/auth/join-requests")
                .json("invite_token", "lki_x", "username", "u", "password", World.PASSWORD)
                .send());
        for (int i = 0; i < 5; i++) {
            http.post("/api/auth/setup")
                    .json("username", "eve", "password", World.PASSWORD)
                    .expect(409);
        }
        isDelayed(http.post("/api/auth/setup")
                .json("username", "eve", "password", World.PASSWORD)
                .send());
    }

    private void failTenTimes(String username) {
        failTenTimes(username, "198.51.100.");
    }

    private void failTenTimes(String username, String network) {
        for (int i = 0; i < 10; i++) {
            login(network + i, username, "wrong").expect(401);
        }
    }

    @Test
    void anAccountIsDelayedAfterTenFailuresFromWhereverTheyCome() {
        failTenTimes("mel");
        isDelayed(login("198.51.100.77", "mel", World.PASSWORD).send());
        isDelayed(login("198.51.100.78", "MEL", World.PASSWORD).send());
        login("198.51.100.79", "gus", World.PASSWORD).expect(200);
        world.clock().advance(Duration.ofMinutes(16));
        login("198.51.100.77", "mel", World.PASSWORD).expect(200);
    }

    @Test
    void usernameAndEmailAreOneAccount() {
        world.http()
                .patch("/api/auth/me")
                .as(world.member())
                .json("email", "mel@example.org", "current_password", World.PASSWORD)
                .expect(200);
        for (int i = 0; i < 5; i++) {
            login("198.51.100." + i, "mel", "wrong").expect(401);
            login("198.51.100.1" + i, "Mel@Example.org", "wrong").expect(401);
        }
        isDelayed(login("198.51.100.77", "mel", World.PASSWORD).send());
        isDelayed(login("198.51.100.78", "mel@example.org", World.PASSWORD).send());
    }

    @Test
    void anUnknownNameIsDelayedJustTheSame() {
        failTenTimes("nobody");
        failTenTimes("mel", "192.0.2.");
        Reply unknown = login("198.51.100.90", "nobody", "wrong").send();
        Reply known = login("198.51.100.91", "mel", "wrong").send();
        isDelayed(unknown);
        isDelayed(known);
        assertThat(unknown.header("Retry-After")).isEqualTo(known.header("Retry-After"));
        assertThat(unknown.textAt("/detail")).isEqualTo(known.textAt("/detail"));
    }

    @Test
    void delaysGrowWithEachFailureUpToAQuarterOfAnHour() {
        failTenTimes("mel");
        int last = 0;
        int longest = 0;
        for (int i = 0; i < 14; i++) {
            Reply delayed = login("192.0.2." + i, "mel", "wrong").send();
            isDelayed(delayed);
            int wait = Integer.parseInt(delayed.header("Retry-After"));
            assertThat(wait).isGreaterThanOrEqualTo(last).isLessThanOrEqualTo(15 * 60 + 1);
            longest = Math.max(longest, wait);
            last = wait;
            world.clock().advance(Duration.ofSeconds(wait + 1));
            login("192.0.2.1" + i, "mel", "wrong").expect(401);
        }
        assertThat(longest).isGreaterThan(60);
    }

    @Test
    void whereAPersonSignsInAttackersDoNotLockThemOut() {
        login("198.51.100.200", "mel", World.PASSWORD).expect(200);
        failTenTimes("mel");
        isDelayed(login("198.51.100.77", "mel", World.PASSWORD).send());
        login("198.51.100.200", "mel", World.PASSWORD).expect(200);
    }

    @Test
    void aSuccessForgetsTheFailures() {
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 9; i++) {
                login("198.51.100." + (round * 10 + i), "mel", "wrong").expect(401);
            }
            login("198.51.100.10" + round, "mel", World.PASSWORD).expect(200);
        }
    }

    @Test
    void readsAreNotCounted() {
        for (int i = 0; i < 50; i++) {
            world.http()
                    .from("203.0.113.8")
                    .get("/api/auth/me")
                    .as(world.member())
                    .expect(200);
        }
    }
}
