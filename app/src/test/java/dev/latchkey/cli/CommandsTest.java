package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.cli.Shell.Result;
import dev.latchkey.cli.Shell.Running;
import dev.latchkey.harness.Await;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command against a real server: what it prints where, and its exit code. */
class CommandsTest {
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

    private Shell as(Person person) {
        return Shell.at(home, world.server()).as(person);
    }

    private static long upload(String name, String text) {
        return world.upload(world.member(), name, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertDone(Result result, String err) {
        assertThat(result).isEqualTo(new Result(0, "", err));
    }

    private static void assertTable(Result result, String headings) {
        assertThat(result.exitCode()).as(result.toString()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out().lines().findFirst().orElse("").replaceAll(" +", " "))
                .isEqualTo(headings);
    }

    private static void assertFailed(Result result, int exitCode, String message) {
        assertThat(result.exitCode()).as(result.toString()).isEqualTo(exitCode);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains(message).doesNotContain("Exception", "\tat ");
    }

    @Test
    void media_are_listed_found_thrown_away_and_brought_back() {
        String id = Long.toString(upload("marmalade.txt", "marmalade"));
        Shell member = as(world.member());
        assertTable(member.here("ls"), "ID FILENAME KIND SIZE BYTES UPLOADED AT");
        assertThat(member.here("ls", "--kind", "document", "--order", "name", "--json")
                        .json())
                .isNotEmpty();
        assertThat(member.here("search", "marma").out()).contains("marmalade.txt");
        assertThat(member.here("search", "quince", "jam", "--json").json()).isEmpty();
        assertDone(member.here("rm", id), "Moved " + id + " to the trash.\n");
        assertTable(member.here("trash"), "ID FILENAME SIZE BYTES TRASHED AT PURGE AT");
        assertDone(member.here("trash", "restore", id), "Restored " + id + ".\n");
        assertDone(member.here("rm", id), "Moved " + id + " to the trash.\n");
        assertFailed(member.here("trash", "purge", id), 1, "latchkey: " + id + ": ");
        assertDone(as(world.manager()).here("trash", "purge", id), "Removed " + id + " for good.\n");
        assertFailed(member.here("trash", "restore", id), 1, "latchkey: " + id + ": ");
    }

    @Test
    void one_id_that_fails_stops_no_other() {
        String id = Long.toString(upload("plum.txt", "plum"));
        Result result = as(world.member()).here("rm", "999999", id);
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("latchkey: 999999: ", "Moved " + id + " to the trash.");
    }

    @Test
    void lists_go_on_over_pages_as_far_as_is_asked_for() {
        for (int i = 0; i < 205; i++) {
            upload("pagecount" + i + ".txt", "page " + i);
        }
        Shell member = as(world.member());
        assertThat(member.here("search", "pagecount", "--json").json()).hasSize(50);
        assertThat(member.here("search", "pagecount", "--limit", "203", "--json")
                        .json())
                .hasSize(203);
        assertThat(member.here("search", "pagecount", "--all", "--json").json()).hasSize(205);
        assertFailed(member.here("ls", "--limit", "0"), 2, "--limit must be 1 or more");
    }

    @Test
    void accounts_are_made_changed_and_removed() {
        Shell admin = as(world.admin());
        Result added = admin.here("users", "add", "nora", "--email", "nora@example.org", "--name", "Nora");
        assertThat(added.exitCode()).isZero();
        assertThat(added.err()).isEqualTo("Made nora. This is where they choose a password:\n");
        assertThat(added.out()).matches("http://\\S+/reset-password#token=\\S+\n");
        assertTable(admin.here("users"), "ID USERNAME DISPLAY NAME ROLE ACTIVE EMAIL LAST LOGIN AT");
        assertThat(admin.here("users", "-q", "nor", "--role", "member", "--active", "true", "--json")
                        .json())
                .hasSize(1);
        assertDone(
                admin.here(
                        "users",
                        "set",
                        "nora",
                        "--role",
                        "guest",
                        "--quota",
                        "1000",
                        "--until",
                        "2027-01-01T00:00:00Z"),
                "Changed nora.\n");
        assertThat(admin.here("users", "show", "nora").out())
                .contains("role: guest\n", "quota_bytes: 1000\n", "membership_ends_at: 2027-01-01T00:00:00.000Z\n");
        JsonNode cleared = admin.here(
                        "users", "set", "nora", "--email", "none", "--quota", "none", "--until", "none", "--json")
                .json();
        assertThat(cleared.at("/email").isNull()
                        && cleared.at("/quota_bytes").isNull()
                        && cleared.at("/membership_ends_at").isNull())
                .isTrue();
        assertDone(admin.here("users", "deactivate", "nora"), "nora is locked out.\n");
        assertDone(admin.here("users", "activate", "nora"), "nora may sign in again.\n");
        Result reset = admin.here("users", "reset-password", "nora");
        assertThat(reset.err()).isEqualTo("Hand this link over; no mail was sent:\n");
        assertThat(reset.out()).matches("http://\\S+/reset-password#token=\\S+\n");
        assertDone(admin.here("users", "reset-second-factor", "nora"), "The second factor of nora is off.\n");
        assertDone(admin.here("users", "end-sessions", "nora"), "nora is signed out everywhere.\n");
        assertDone(admin.here("users", "clear-delay", "nora"), "nora need not wait any more.\n");
        assertDone(admin.here("users", "remove", "nora"), "Removed nora.\n");
        assertFailed(admin.here("users", "show", "nora"), 1, "There is nobody with the username nora.");
    }

    @Test
    void first_and_new_passwords_are_read_without_being_printed() {
        Shell admin = as(world.admin());
        Result added = admin.typing(World.PASSWORD + "\n", "users", "add", "olga", "--password");
        assertThat(added).isEqualTo(new Result(0, "", "First password: Made olga.\n"));
        Result set = admin.typing("another long phrase 12\n", "users", "set-password", "olga");
        assertThat(set)
                .isEqualTo(
                        new Result(0, "", "New password for olga: Set. olga has to change it at the next sign-in.\n"));
    }

    @Test
    void invites_are_made_listed_and_taken_back() {
        Shell manager = as(world.manager());
        JsonNode invite = manager.here(
                        "invites",
                        "create",
                        "--role",
                        "guest",
                        "--email",
                        "p@example.org",
                        "--hours",
                        "5",
                        "--days",
                        "30",
                        "--quota",
                        "99",
                        "--note",
                        "for Pia",
                        "--auto-approve",
                        "--json")
                .json();
        assertThat(manager.here("invites", "create").out()).matches("http://\\S+\n");
        assertTable(manager.here("invites"), "ID STATE ROLE EMAIL NOTE CREATED BY DISPLAY NAME EXPIRES AT");
        String id = invite.path("id").asText();
        assertDone(manager.here("invites", "delete", id), "Took invite " + id + " back.\n");
        assertFailed(as(world.member()).here("invites"), 1, "latchkey: ");
    }

    @Test
    void requests_are_decided() {
        String pia = Long.toString(world.ask("pia", "member"));
        String rob = Long.toString(world.ask("rob", "member"));
        Shell manager = as(world.manager());
        assertTable(manager.here("requests"), "ID USERNAME DISPLAY NAME EMAIL STATUS CREATED AT");
        assertDone(manager.here("requests", "approve", pia), "Approved " + pia + ".\n");
        assertDone(manager.here("requests", "reject", rob), "Rejected " + rob + ".\n");
        assertFailed(manager.here("requests", "approve", rob), 1, "latchkey: " + rob + ": ");
        assertThat(manager.here("requests", "--status", "any", "--json").json()).hasSizeGreaterThan(1);
    }

    @Test
    void sign_ins_are_listed_and_ended() {
        Person first = world.join("tess", "member");
        Person second = world.signIn(first);
        Person third = world.signIn(first);
        assertTable(as(third).here("sessions"), "ID KIND DEVICE NAME IP LAST USED AT EXPIRES AT CURRENT");
        JsonNode sessions = as(third).here("sessions", "--json").json();
        String other = "";
        for (JsonNode session : sessions) {
            other = session.path("current").asBoolean()
                    ? other
                    : session.path("id").asText();
        }
        assertDone(as(third).here("sessions", "end", other), "Ended " + other + ".\n");
        assertDone(as(third).here("sessions", "end-others"), "Ended all other sign-ins.\n");
        assertFailed(as(first).here("ls"), 1, "LATCHKEY_TOKEN is not valid at http://");
        assertFailed(as(second).here("ls"), 1, "LATCHKEY_TOKEN is not valid at http://");
        assertThat(as(third).here("ls").exitCode()).isZero();
    }

    @Test
    void the_audit_log_is_told_with_its_details() {
        Shell admin = as(world.admin());
        assertDone(admin.here("users", "set", "gus", "--name", "Gustav"), "Changed gus.\n");
        Result log = admin.here(
                "audit",
                "--user",
                "ada",
                "--action",
                "user.update",
                "--since",
                "2026-01-01T00:00:00Z",
                "--until",
                "2036-01-01T00:00:00Z",
                "--limit",
                "1");
        assertTable(log, "AT ACTOR USERNAME ACTION TARGET TYPE TARGET ID IP COUNT DETAIL");
        assertThat(log.out()).contains("changed display_name");
        assertFailed(as(world.member()).here("audit"), 1, "latchkey: ");
    }

    @Test
    void the_configuration_and_the_completion_need_no_server() {
        Shell nobody = Shell.at(home, world.server());
        assertThat(nobody.here("config", "--example").out()).contains("listen=");
        Result script = nobody.here("completion");
        assertThat(script.exitCode()).isZero();
        assertThat(script.out()).contains("reset-second-factor", "--auto-approve", "complete -F");
    }

    @Test
    void a_server_that_is_named_before_the_subcommand_counts_for_it() {
        Shell nowhere = as(world.admin()).with("LATCHKEY_SERVER", "http://127.0.0.1:1");
        String url = "http://127.0.0.1:" + world.server().port();
        assertThat(nowhere.here("users", "--server", url, "--json", "show", "mel")
                        .json()
                        .path("username")
                        .asText())
                .isEqualTo("mel");
        assertFailed(nowhere.here("users", "show", "mel"), 1, "Cannot reach http://127.0.0.1:1");
    }

    @Test
    void a_folder_is_uploaded_with_a_word_for_every_file_that_is_not() throws IOException {
        Path in = Files.createDirectories(home.resolve("in/deep"));
        Files.writeString(in.resolve("one.txt"), "one of the folder");
        Files.writeString(in.resolve("same.txt"), "one of the folder");
        Files.writeString(in.resolve(".hidden.txt"), "a hidden one");
        Files.createSymbolicLink(in.resolve("lost"), Path.of("nowhere"));
        Files.createSymbolicLink(in.resolve("back"), home.resolve("in"));
        Files.createSymbolicLink(in.resolve("unreadable"), Path.of("/proc/self/mem")); // not even for root
        Files.createFile(in.resolve("empty.txt"));
        Shell member = as(world.member());
        Result upload = member.here(
                "upload", home.resolve("in").toString(), home.resolve("missing").toString(), "-j", "1");
        assertThat(upload.exitCode()).isEqualTo(1);
        assertThat(upload.out()).isEqualTo("1 stored, 1 duplicate, 4 failed\n");
        assertThat(upload.err().lines())
                .anyMatch(line -> line.endsWith("/missing: there is no such file or folder"))
                .anyMatch(line -> line.endsWith("/lost: it is a link that leads nowhere"))
                .anyMatch(line -> line.contains("/unreadable: it cannot be read: "))
                .anyMatch(line -> line.contains("/empty.txt: "))
                .hasSize(4);
        JsonNode again = member.here(
                        "upload",
                        "--hidden",
                        "--json",
                        in.resolve(".hidden.txt").toString(),
                        in.resolve("one.txt").toString())
                .json();
        assertThat(again.findValuesAsText("status")).containsExactly("stored", "duplicate");
        assertFailed(member.here("upload", "-j", "17", "x"), 2, "--jobs must be 1 to 16");
        assertThat(as(world.guest())
                        .here(
                                "upload",
                                in.resolve("one.txt").toString(),
                                in.resolve("empty.txt").toString())
                        .exitCode())
                .isEqualTo(1);
    }

    @Test
    void a_download_goes_on_where_it_stopped_and_refuses_what_was_tampered_with() throws IOException {
        byte[] bytes = "0123456789".repeat(20_000).getBytes(StandardCharsets.UTF_8);
        String id = Long.toString(world.upload(world.member(), "digits.txt", bytes));
        Shell guest = as(world.guest());
        String sha256 = guest.here("ls", "--limit", "1", "--json")
                .json()
                .at("/0/sha256")
                .asText();
        Path target = home.resolve("digits.txt");
        Path part = home.resolve("digits.txt." + sha256.substring(0, 12) + ".part");

        Files.writeString(part, "0123456789".repeat(5_000));
        assertDone(guest.here("get", id, "-o", home.toString()), "Wrote " + target + ".\n");
        assertThat(target).hasBinaryContent(bytes);
        assertThat(part).doesNotExist();
        assertFailed(guest.here("get", id, "-o", target.toString()), 1, "is there already. Use --force");

        Files.writeString(part, "tampered with");
        assertFailed(
                guest.here("get", id, "-o", target.toString(), "--force"), 1, "What arrived is not what was uploaded.");
        assertThat(part).doesNotExist();
        Files.writeString(part, "x".repeat(bytes.length + 1));
        assertDone(guest.here("get", id, "-o", target.toString(), "--force"), "Wrote " + target + ".\n");
        assertThat(target).hasBinaryContent(bytes);
        assertFailed(guest.here("get", id, "-o", home.resolve("no/such/folder").toString()), 1, "Cannot write ");
        assertFailed(guest.here("get", "999999"), 1, "latchkey: ");
    }

    @Test
    void a_name_from_the_server_leads_nowhere_else() throws IOException {
        Path here = Files.createDirectories(home.resolve("downloads"));
        for (String name : new String[] {"../x.txt", ".profile", "-rf", "a\u001b[2Jb.txt"}) {
            String id = Long.toString(upload(name, "hostile " + name));
            Result got = as(world.member()).here("get", id, "-o", here.toString());
            assertThat(got.exitCode()).isZero();
            assertThat(got.err()).doesNotContain("\u001b");
        }
        assertThat(here.toFile().list()).hasSize(4).noneMatch(name -> name.startsWith(".") || name.startsWith("-"));
        assertThat(home.toFile().list()).containsExactly("downloads");
    }

    @Test
    void broken_and_foreign_sign_ins_are_told_in_a_sentence() throws IOException {
        Shell nobody = Shell.at(home, world.server());
        assertFailed(nobody.here("ls"), 1, "You are not signed in at http://127.0.0.1:");
        Path folder = Files.createDirectories(home.resolve(".config/latchkey"));
        String foreign =
                "{\"server\":\"https://elsewhere.example\",\"access_token\":\"a\",\"refresh_token\":\"r\",\"access_ends_at\":\"2099-01-01T00:00:00Z\"}";
        for (String broken : new String[] {
            "", "{}", "null", "[1]", "no json", foreign.replace("2099", "never"), foreign.replace("\"a\"", "\"a\\n\"")
        }) {
            Files.writeString(folder.resolve("sign-in.json"), broken);
            assertFailed(nobody.here("ls"), 1, "The stored sign-in cannot be read. Run latchkey login again.");
        }
        Files.writeString(folder.resolve("sign-in.json"), foreign);
        assertFailed(nobody.here("ls"), 1, "You are not signed in at http://127.0.0.1:");
        assertDone(
                nobody.here("logout"),
                "Nobody is signed in at http://127.0.0.1:" + world.server().port() + ".\n");
        assertFailed(nobody.with("LATCHKEY_TOKEN", "two words").here("ls"), 1, "LATCHKEY_TOKEN is no token");
        assertFailed(nobody.with("LATCHKEY_TOKEN", "lks_nonsense").here("ls"), 1, "LATCHKEY_TOKEN is not valid at ");
    }

    /** The address is one that nobody has (RFC 1112, 4), and nobody waits for its answer. */
    @Test
    void an_open_road_to_a_server_elsewhere_draws_a_warning() {
        Running far =
                as(world.member()).with("LATCHKEY_SERVER", "http://240.0.0.1").start("", "whoami");
        Await.until(
                "the warning",
                () -> far.err().contains("http://240.0.0.1 is not encrypted and not in your own network"));
        far.process().destroyForcibly();
        assertThat(as(world.member()).here("whoami").err()).isEmpty();
    }
}
