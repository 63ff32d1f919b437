package dev.latchkey.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Reply;
import dev.latchkey.harness.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionLifetimeTest {
    private World world;

    @BeforeEach
    void start() {
        world = World.start(Map.of("session.idle_days", "30", "session.max_days", "90"));
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private Reply me() {
        return world.http().get("/api/auth/me").as(world.guest()).send();
    }

    private void passDays(int days) {
        world.clock().advance(Duration.ofDays(days));
    }

    @Test
    void aSessionEndsThirtyDaysAfterItsLastUse() {
        passDays(29);
        me().expect(200);
        passDays(29);
        me().expect(200);
        passDays(31);
        me().refused(401, "invalid_token");
    }

    @Test
    void theLastUseOutlivesARestart() {
        passDays(29);
        me().expect(200);
        world.server().restart();
        passDays(29);
        me().expect(200);
    }

    @Test
    void aSessionEndsAfterNinetyDaysHoweverMuchItIsUsed() {
        for (int i = 0; i < 8; i++) {
            passDays(11);
            me().expect(200);
        }
        passDays(3);
        me().expect(401);
    }

    @Test
    void theEndThatIsShownMovesWithUseUpToTheAbsoluteEnd() {
        Instant start = world.clock().instant();
        passDays(29);
        me().expect(200);
        assertThat(expiresAt()).isEqualTo(start.plus(Duration.ofDays(59)));
        passDays(29);
        me().expect(200);
        passDays(20);
        me().expect(200);
        assertThat(expiresAt()).isEqualTo(start.plus(Duration.ofDays(90)));
    }

    private Instant expiresAt() {
        return Instant.parse(me().textAt("/credential/expires_at"));
    }

    @Test
    void anExpiredSessionCannotEvenLogOut() {
        passDays(31);
        world.http().post("/api/auth/logout").as(world.guest()).json().expect(401);
        world.http().get("/api/media").as(world.guest()).expect(401);
    }
}
