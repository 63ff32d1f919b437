package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.cli.Shell.Result;
import dev.latchkey.harness.World;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code latchkey codes}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CodeCommandsTest {
    private World world;
    private Shell manager;
    private Shell admin;

    @BeforeAll
    void start(@TempDir Path home) {
        world = World.start();
        manager = Shell.at(home, world.server()).as(world.manager());
        admin = Shell.at(home, world.server()).as(world.admin());
    }

    @AfterAll
    void stop() {
        world.close();
    }

    private int exchange(String code) {
        return world.http()
                .post("/api/auth/join-codes/exchange")
                .json("code", code)
                .send()
                .status();
    }

    private JsonNode create(Shell shell, String... more) {
        String[] command = new String[more.length + 3];
        System.arraycopy(new String[] {"codes", "create", "--json"}, 0, command, 0, 3);
        System.arraycopy(more, 0, command, 3, more.length);
        Result result = shell.here(command);
        assertThat(result.exitCode()).as(result.toString()).isZero();
        return result.json();
    }

    @Test
    void aGuestGetsInByThePrintedCodeOrTheLinkInTheQrCode() {
        Result made = manager.here("codes", "create", "--guest", "Aunt May", "--uses", "2", "--hours", "1");

        assertThat(made.exitCode()).as(made.toString()).isZero();
        assertThat(made.out()).contains("Code: ").contains("Link: http://").contains("\u2588\u2588\u2588");
        String code = made.out().replaceAll("(?s).*Code: (\\S+).*", "$1");
        assertThat(exchange(code.toLowerCase(java.util.Locale.ROOT))).isEqualTo(200);
        String link = made.out().replaceAll("(?s).*Link: (\\S+).*", "$1");
        assertThat(exchange(link.replaceAll(".*[=]", ""))).isEqualTo(200);
        assertThat(exchange(code)).isEqualTo(401);
    }

    @Test
    void anAdminNamesAGuestByUsernameAndTheListShowsNoCode() {
        JsonNode made = create(admin, "--user", "gus", "--device", "Kitchen tablet");

        Result list = admin.here("codes", "--user", "gus");
        assertThat(list.out())
                .contains("Kitchen tablet")
                .doesNotContain(made.path("code").asText());
    }

    @Test
    void codesAreRevokedByIdOrByWhatTheyWereMadeFor() {
        JsonNode one = create(manager, "--guest", "One");
        JsonNode two = create(manager, "--guest", "Two", "--provider", "summer party");

        assertThat(manager.here("codes", "revoke", one.path("id").asText()).exitCode())
                .isZero();
        Result many = manager.here("codes", "revoke", "--provider", "summer party");
        assertThat(many.out()).contains("Revoked 1.");
        assertThat(exchange(one.path("code").asText())).isEqualTo(401);
        assertThat(exchange(two.path("code").asText())).isEqualTo(401);
    }

    @Test
    void whatIsNotSaidIsAskedFor() {
        assertThat(manager.here("codes", "revoke").exitCode()).isEqualTo(2);
        assertThat(manager.here("codes", "create").exitCode()).isEqualTo(2);
        assertThat(manager.here("codes", "create", "--guest", "x", "--user", "1")
                        .exitCode())
                .isEqualTo(2);
    }
}
