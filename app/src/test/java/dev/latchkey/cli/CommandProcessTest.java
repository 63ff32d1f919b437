package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.Shell.Result;
import dev.latchkey.cli.Shell.Running;
import dev.latchkey.harness.Await;
import dev.latchkey.harness.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line as people run it: processes with a home folder of their own, against a real server. */
class CommandProcessTest {
    private static World world;

    @TempDir
    private Path home;

    @BeforeAll
    static void start() {
        world = World.start();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private Shell shell() {
        return Shell.at(home, world.server());
    }

    private String url() {
        return "http://127.0.0.1:" + world.server().port();
    }

    @Test
    void signs_in_by_password_and_out_again() throws IOException {
        Result login = shell().typing("mel\n" + World.PASSWORD + "\n", "login", "--password");
        assertThat(login)
                .isEqualTo(new Result(
                        0, "", "Username or e-mail address: Password: Signed in at " + url() + " as mel.\n"));
        assertThat(mode(".config/latchkey")).isEqualTo("rwx------");
        assertThat(mode(".config/latchkey/sign-in.json")).isEqualTo("rw-------");
        assertThat(mode(".config/latchkey/server")).isEqualTo("rw-------");

        assertThat(shell().run("whoami"))
                .isEqualTo(new Result(0, "mel (member) at " + url() + ", by access token\n", ""));
        assertThat(shell().run("whoami", "--json").json().at("/user/username").asText())
                .isEqualTo("mel");

        assertThat(shell().run("logout")).isEqualTo(new Result(0, "", "Signed out.\n"));
        assertThat(shell().run("whoami"))
                .isEqualTo(new Result(
                        1,
                        "",
                        "latchkey: You are not signed in at " + url() + ". Run: latchkey login " + url() + "\n"));
    }

    @Test
    void signs_in_by_a_code_that_somebody_approves_elsewhere() throws IOException {
        Running login = shell().start("", "login");
        Pattern code = Pattern.compile("enter this code: (\\S+)");
        Await.until("the code", () -> code.matcher(login.err()).find());
        Matcher shown = code.matcher(login.err());
        assertThat(shown.find()).isTrue();
        world.http()
                .post("/api/auth/device/approve")
                .as(world.member())
                .json("user_code", shown.group(1))
                .expect(200);
        Result done = login.await();
        assertThat(done.exitCode()).as(done.toString()).isZero();
        assertThat(done.out()).isEmpty();
        assertThat(done.err()).endsWith("Signed in at " + url() + " as mel.\n");
        assertThat(mode(".config/latchkey/sign-in.json")).isEqualTo("rw-------");
    }

    private String mode(String file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve(file)));
    }

    @Test
    void a_wrong_password_is_told_in_one_line() {
        Result login = shell().typing("wrong\n", "login", "--username", "mel");
        assertThat(login.exitCode()).isEqualTo(1);
        assertThat(login.out()).isEmpty();
        assertThat(login.err()).startsWith("Password: latchkey: ").hasLineCount(1);
        assertThat(home.resolve(".config/latchkey/sign-in.json")).doesNotExist();
    }

    @Test
    void two_commands_that_renew_at_once_use_the_refresh_token_once() throws IOException {
        assertThat(shell().typing(World.PASSWORD + "\n", "login", "--username", "mel")
                        .exitCode())
                .isZero();
        Path file = home.resolve(".config/latchkey/sign-in.json");
        String old = Files.readString(file);
        Files.writeString(
                file, old.replaceAll("\"access_ends_at\":\"[^\"]*\"", "\"access_ends_at\":\"2020-01-01T00:00:00Z\""));
        List<Running> both = List.of(shell().start("", "whoami"), shell().start("", "ls", "--json"));
        both.forEach(running -> assertThat(running.await())
                .extracting(Result::exitCode, Result::err)
                .containsExactly(0, ""));
        assertThat(Files.readString(file)).isNotEqualTo(old);
        assertThat(mode(".config/latchkey/sign-in.json")).isEqualTo("rw-------");
        assertThat(world.http()
                        .get("/api/audit?action=family.refresh_reuse")
                        .as(world.admin())
                        .expect(200)
                        .at("/items"))
                .isEmpty();
    }

    @Test
    void an_upload_that_is_killed_half_way_and_repeated_leaves_nothing_out_and_nothing_twice() throws IOException {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            Path file = home.resolve("in/folder" + i % 7 + "/generated-" + i + ".txt");
            Files.createDirectories(file.getParent());
            Files.writeString(file, "This is generated file number " + i + ".\n".repeat(1 + i));
            names.add(file.getFileName().toString());
        }
        Shell member = shell().as(world.member());
        Running first = member.start("", "upload", "in", "-j", "2");
        Await.until("forty files", () -> !first.process().isAlive() || blobs() >= 40);
        first.process().destroyForcibly();
        assertThat(first.await().exitCode()).as("killed before it was done").isEqualTo(137);
        int before = stored(member);
        assertThat(before).isLessThan(400);

        Result again = member.run("upload", "in");
        assertThat(again.exitCode()).as(again.toString()).isZero();
        assertThat(again.err()).isEmpty();
        assertThat(again.out()).matches("\\d+ stored, \\d+ duplicate, 0 failed\n");
        List<String> there = new ArrayList<>();
        member.here("search", "generated", "--all", "--json")
                .json()
                .forEach(item -> there.add(item.path("filename").asText()));
        assertThat(there).containsExactlyInAnyOrderElementsOf(names);
    }

    private static long blobs() {
        try (Stream<Path> files = Files.walk(world.server().dataDir().resolve("blobs"))) {
            return files.filter(Files::isRegularFile).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int stored(Shell shell) {
        return shell.here("search", "generated", "--all", "--json").json().size();
    }

    @Test
    void names_are_data_whatever_they_hold_and_whatever_the_locale_is() throws IOException {
        Files.createDirectories(home.resolve("in"));
        Files.writeString(home.resolve("in/@arguments"), "--version");
        Files.writeString(home.resolve("in/-dash"), "a leading dash");
        Shell member = shell().as(world.member());
        Path in = Files.createDirectories(home.resolve("in"));
        Result upload = member.run("upload", "in", "--", "in/@arguments");
        assertThat(upload.out()).isEqualTo("2 stored, 1 duplicate, 0 failed\n");
        assertThat(in).isDirectory();

        long id = world.upload(world.member(), "größe \u202Egnp.exe", "bytes".getBytes(StandardCharsets.UTF_8));
        Result got = member.with("LC_ALL", "C").run("ls", "--json", "--limit", "1");
        assertThat(got.json().at("/0/id").asLong()).isEqualTo(id);
        assertThat(got.json().at("/0/filename").asText()).startsWith("größe");
        assertThat(member.run("get", Long.toString(id), "-o", "-").out()).isEqualTo("bytes");
    }

    @Test
    void help_names_every_command_and_wrong_usage_is_2() {
        Result help = shell().run("--help");
        assertThat(help.exitCode()).isZero();
        assertThat(help.err()).isEmpty();
        assertThat(help.out()).contains("upload", "sessions", "Exit codes: 0 done, 1 failed, 2 wrong usage.");
        Result unknown = shell().run("uplaod");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.out()).isEmpty();
        assertThat(unknown.err()).contains("uplaod").contains("upload").doesNotContain("\u001b");
        assertThat(shell().run("--version").out()).startsWith("Latchkey ");
    }

    @Test
    void says_what_to_do_when_nothing_answers() {
        Result nothing = shell().with("LATCHKEY_SERVER", "http://127.0.0.1:1").run("ls");
        assertThat(nothing)
                .isEqualTo(new Result(
                        1,
                        "",
                        "latchkey: Cannot reach http://127.0.0.1:1: nothing answers there."
                                + " Is the server running, and is the address right?\n"));
    }
}
