package dev.latchkey.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.LogLines;
import dev.latchkey.harness.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SecretsTest {
    @Test
    void secretsStandNeitherInTheDatabaseNorInTheLog() throws IOException {
        try (LogLines log = LogLines.record();
                World fresh = World.start()) {
            String invite = fresh.invite("note", "x");
            fresh.http()
                    .post("/api/auth/join-requests")
                    .json("invite_token", invite, "username", "zoe", "password", "Unrepeatable 77 words")
                    .expect(200);
            fresh.http()
                    .post("/api/auth/login")
                    .json("username", "mel", "password", "Wr0ng-but-typed-in-full")
                    .expect(401);
            fresh.http()
                    .get("/api/media")
                    .bearer("lks_ThisTokenIsNotKnownToAnybodyAtAllButSecret0")
                    .expect(401);
            fresh.server().stop();
            List<String> secrets = List.of(
                    World.PASSWORD,
                    "Unrepeatable 77 words",
                    "Wr0ng-but-typed-in-full",
                    "ThisTokenIsNotKnownToAnybodyAtAllButSecret0",
                    invite.substring(4),
                    fresh.admin().token().substring(4),
                    fresh.member().token().substring(4));
            assertThat(log.text()).isNotEmpty().doesNotContain(secrets);
            try (Stream<Path> files = Files.list(fresh.server().dataDir())) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                            .as(file.toString())
                            .doesNotContain(secrets);
                }
            }
        }
    }

    @Test
    void aFailedSignInLogsTheAddressButNobodysName() {
        try (World world = World.start(Map.of("trusted_proxies", "127.0.0.1"));
                LogLines log = LogLines.record()) {
            world.http()
                    .from("203.0.113.77")
                    .post("/api/auth/login")
                    .json("username", "melchior-the-third", "password", "wrong password")
                    .expect(401);
            assertThat(log.text()).contains("203.0.113.77").doesNotContain("melchior-the-third");
        }
    }
}
