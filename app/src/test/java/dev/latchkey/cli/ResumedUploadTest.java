package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.Shell.Result;
import dev.latchkey.cli.Shell.Running;
import dev.latchkey.harness.Await;
import dev.latchkey.harness.Relay;
import dev.latchkey.harness.Sample;
import dev.latchkey.harness.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumedUploadTest {
    private static final int MEGABYTE = 1_000_000;

    @TempDir
    private Path home;

    @Test
    void a_large_file_goes_on_where_a_killed_command_and_a_broken_line_left_it() throws IOException {
        byte[] bytes = new byte[18 * MEGABYTE];
        new Random().nextBytes(bytes);
        Files.write(home.resolve("large.bin"), bytes);
        try (World world = World.start();
                Relay relay = Relay.to(world.server())) {
            Shell shell = Shell.at(home, world.server())
                    .with("LATCHKEY_SERVER", "http://127.0.0.1:" + relay.port())
                    .as(world.member());
            relay.dieAfter(6 * MEGABYTE);
            Running first = shell.start("", "upload", "large.bin");
            Await.until("the line is dead", () -> relay.passed() > 6 * MEGABYTE);
            first.process().destroyForcibly();
            first.await();
            relay.hangUp();
            relay.breakAfter(6 * MEGABYTE);

            Result second = shell.run("upload", "large.bin");

            assertThat(second).isEqualTo(new Result(0, "1 stored, 0 failed\n", ""));
            assertThat(relay.passed()).isLessThan(20 * MEGABYTE);
            String sha256 = Sample.sha256(bytes);
            world.http().head("/api/media/by-hash/" + sha256).as(world.guest()).expect(200);
            assertThat(world.http()
                            .get("/api/media")
                            .as(world.guest())
                            .expect(200)
                            .textAt("/items/0/filename"))
                    .isEqualTo("large.bin");
            assertThat(home.resolve(".config/latchkey")).isEmptyDirectory();
        }
    }
}
