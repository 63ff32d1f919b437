package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.Shell.Result;
import dev.latchkey.harness.World;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code latchkey tokens}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokenCommandsTest {
    private World world;
    private Shell shell;

    @BeforeAll
    void start(@TempDir Path home) {
        world = World.start();
        shell = Shell.at(home, world.server()).as(world.member());
    }

    @AfterAll
    void stop() {
        world.close();
    }

    private String create(String... more) {
        String[] command = new String[more.length + 3];
        System.arraycopy(new String[] {"tokens", "create", "--raw"}, 0, command, 0, 3);
        System.arraycopy(more, 0, command, 3, more.length);
        Result result = shell.here(command);
        assertThat(result.exitCode()).as(result.toString()).isZero();
        assertThat(result.err()).isEmpty();
        return result.out().strip();
    }

    @Test
    void aRawTokenIsAllThatIsPrintedAndWorksWithinItsScopes() {
        String token = create("nightly backup", "--ttl", "30d", "--scope", "library:read,profile:read");

        assertThat(token).startsWith("lkp_").doesNotContain("\n");
        Shell program = shell.with("LATCHKEY_TOKEN", token);
        assertThat(program.here("ls").exitCode()).isZero();
        Result upload = program.here("tokens", "list");
        assertThat(upload.exitCode()).isOne();
        assertThat(upload.out()).isEmpty();
    }

    @Test
    void aTokenIsShownOnceAndListedWithoutIt() {
        Result made = shell.here("tokens", "create", "a screen", "--ttl", "never");
        String token = made.out().strip();

        assertThat(made.err()).contains("shown this once").contains("until it is revoked");
        Result list = shell.here("tokens");
        assertThat(list.out()).contains("a screen").doesNotContain(token);
        assertThat(shell.here("tokens", "list").out()).isEqualTo(list.out());
        assertThat(shell.here("tokens", "list", "--json").json().toString()).contains("a screen");
    }

    @Test
    void aTokenIsRevokedByItsNameItsPrefixItsIdOrItself() {
        for (String by : new String[] {"name", "prefix", "id", "token"}) {
            String token = create("one " + by);
            String wanted = switch (by) {
                case "name" -> "one name";
                case "prefix" -> prefix(token);
                case "id" -> id("one id");
                default -> token;
            };
            Result revoked = shell.here("tokens", "revoke", wanted);

            assertThat(revoked.exitCode()).as(by + revoked).isZero();
            assertThat(shell.with("LATCHKEY_TOKEN", token).here("whoami").exitCode())
                    .as(by)
                    .isOne();
        }
    }

    private String prefix(String token) {
        for (var row : shell.here("tokens", "--json").json()) {
            if (token.startsWith(row.path("prefix").asText())) {
                return row.path("prefix").asText();
            }
        }
        throw new AssertionError(token);
    }

    private String id(String name) {
        for (var row : shell.here("tokens", "--json").json()) {
            if (row.path("name").asText().equals(name)) {
                return row.path("id").asText();
            }
        }
        throw new AssertionError(name);
    }

    @Test
    void nothingIsRevokedOnAGuess() {
        create("twins");
        create("twins");

        Result ambiguous = shell.here("tokens", "revoke", "twins");
        Result unknown = shell.here("tokens", "revoke", "nobody's");

        assertThat(ambiguous.exitCode()).isOne();
        assertThat(ambiguous.err()).contains("more than one");
        assertThat(unknown.exitCode()).isOne();
        assertThat(unknown.err()).contains("no token");
        assertThat(shell.here("tokens").out().lines().filter(line -> line.contains("twins")))
                .hasSize(2);
    }

    @Test
    void aWrongTimeIsAMistakeOfUsage() {
        Result result = shell.here("tokens", "create", "x", "--ttl", "soon");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("--ttl");
    }
}
