package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.Shell.Result;
import dev.latchkey.harness.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command once as a process against a real server, in an order in which each finds what it needs. */
class EveryCommandProcessTest {
    private static final String PASSWORD = "nineteen lanterns in the harbour";

    /** Exit code, command, what stands in its output, in its words on standard error, and whether a password is typed. */
    private static final String ON_A_SERVER = """
            0 | upload note.txt                      | 1 stored   |
            0 | upload other.txt                     | 1 stored   |
            1 | upload missing.txt                   |            | missing.txt
            0 | ls                                   | note.txt   |
            0 | search note                          | note.txt   |
            2 | search                               |            | Missing required parameter
            0 | get 1 -o copy.txt                    |            | copy.txt
            1 | get 99                               |            | no such file
            0 | rm 1 2                               |            |
            0 | trash                                | note.txt   |
            0 | trash restore 1                      |            |
            0 | trash purge 2                        |            |
            1 | trash purge 2                        |            | latchkey:
            0 | users                                | ada        |
            0 | users add eve --role member          | reset-password#token= |
            1 | users add eve --role member          |            | taken
            0 | users show eve                       | member     |
            0 | users set eve --role guest           |            |
            0 | users deactivate eve                 |            |
            0 | users activate eve                   |            |
            0 | users reset-password eve             | #token=    |
            0 | users set-password eve               |            | | typed
            0 | users reset-second-factor eve        |            |
            0 | users end-sessions eve               |            |
            0 | users clear-delay eve                |            |
            1 | users set nobody --role guest        |            | nobody
            0 | codes create --user eve              | /login?join= |
            0 | codes                                | eve        |
            0 | codes revoke 1                       |            |
            0 | users remove eve                     |            |
            0 | invites create --role member         | /join#invite=lki_ |
            0 | invites                              | member     |
            0 | invites delete %invite%              |            |
            1 | invites delete 99                    |            | latchkey:
            0 | requests                             | tom        |
            0 | requests approve %tom%               |            |
            1 | requests approve %tom%               |            | latchkey:
            0 | requests reject %tim%                |            |
            0 | tokens create backup --ttl 30d --raw | lkp_       |
            0 | tokens list                          | backup     |
            0 | tokens revoke backup                 |            |
            0 | sessions                             |            |
            0 | sessions end-others                  |            |
            1 | sessions end 9999                    |            | latchkey:
            0 | audit --limit 5                      | token.revoke |
            0 | config                               | data_dir   |
            0 | completion                           | latchkey   |
            2 | nonsense                             |            | nonsense
            """;

    private static final String ON_ITS_MACHINE = """
            0 | make-admin mel --config latchkey.properties          |  | mel
            0 | reset-second-factor mel --config latchkey.properties |  | mel
            0 | reset-password ada --config latchkey.properties      |  | ada | typed
            1 | make-admin nobody --config latchkey.properties       |  | nobody
            """;

    @AutoClose
    private final World world = World.start();

    @TempDir
    private Path home;

    @Test
    void everyCommandDoesItsWorkOrSaysWhyNot() throws IOException {
        Files.writeString(home.resolve("note.txt"), "a note");
        Files.writeString(home.resolve("other.txt"), "another one");
        Files.writeString(
                home.resolve("latchkey.properties"),
                "data_dir=" + world.server().dataDir() + "\n");
        String tom = Long.toString(world.ask("tom", "member"));
        String tim = Long.toString(world.ask("tim", "member"));
        String nextInvite = Integer.toString(Integer.parseInt(lastInvite()) + 1);
        Shell admin = Shell.at(home, world.server()).as(world.admin());
        SoftAssertions softly = new SoftAssertions();
        rows(ON_A_SERVER.replace("%tom%", tom).replace("%tim%", tim).replace("%invite%", nextInvite))
                .forEach(row -> check(softly, admin, row));
        assertThat(home.resolve("copy.txt")).hasContent("a note");

        world.server().stop();
        rows(ON_ITS_MACHINE).forEach(row -> check(softly, admin, row));
        softly.assertAll();
    }

    private String lastInvite() {
        return world.http()
                .get("/api/auth/invites?limit=1")
                .as(world.admin())
                .expect(200)
                .at("/items/0/id")
                .asText();
    }

    private static Stream<String[]> rows(String table) {
        return table.lines()
                .map(line ->
                        Arrays.stream(line.split("\\|", -1)).map(String::strip).toArray(String[]::new));
    }

    private static void check(SoftAssertions softly, Shell shell, String[] row) {
        String input = row.length > 4 ? (PASSWORD + "\n").repeat(2) : "";
        Result result = shell.typing(input, row[1].split(" "));
        softly.assertThat(result.exitCode()).as(row[1] + ": " + result).isEqualTo(Integer.parseInt(row[0]));
        softly.assertThat(result.out()).as(row[1] + ": " + result).contains(row[2]);
        softly.assertThat(result.err())
                .as(row[1] + ": " + result)
                .contains(row[3])
                .doesNotContain("\tat ");
    }
}
