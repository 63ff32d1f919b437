package dev.latchkey.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Reply;
import dev.latchkey.harness.Sample;
import dev.latchkey.harness.World;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SystemTest {
    @Test
    void anAdminSeesHowMuchThereIs() {
        try (World world = World.start(Map.of("storage.reserve_bytes", "1MiB"))) {
            Reply empty = system(world);
            assertThat(empty.longAt("/media_count")).isZero();
            assertThat(empty.longAt("/blob_bytes")).isZero();
            assertThat(empty.textAt("/started_at")).isEqualTo("2026-11-21T12:00:00.000Z");

            world.upload(world.member(), "a.txt", Sample.uniqueText());
            long id = world.upload(world.member(), "b.txt", new byte[] {1, 2, 3, 4, 5});
            long bytes = world.http()
                    .get("/api/media/" + (id - 1))
                    .as(world.member())
                    .expect(200)
                    .longAt("/size_bytes");
            world.http().delete("/api/media/" + id).as(world.member()).expect(204);
            assertThat(system(world).longAt("/media_count"))
                    .as("counted ten seconds ago at most")
                    .isZero();

            world.clock().advance(Duration.ofSeconds(10));
            Reply filled = system(world);
            assertThat(filled.longAt("/media_count")).isEqualTo(1);
            assertThat(filled.longAt("/trash_count")).isEqualTo(1);
            assertThat(filled.longAt("/blob_bytes")).isEqualTo(bytes + 5);
            assertThat(filled.longAt("/user_count")).isEqualTo(4);
            assertThat(filled.longAt("/reserve_bytes")).isEqualTo(1 << 20);
            assertThat(filled.longAt("/disk_free_bytes")).isPositive();
            assertThat(filled.longAt("/database_bytes")).isPositive();
        }
    }

    private static Reply system(World world) {
        return world.http().get("/api/system").as(world.admin()).expect(200);
    }
}
