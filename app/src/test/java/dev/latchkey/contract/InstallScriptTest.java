package dev.latchkey.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.latchkey.api.RunningJar;
import dev.latchkey.harness.Await;
import dev.latchkey.harness.Sh;
import dev.latchkey.harness.StubJar;
import dev.latchkey.harness.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code install.sh} for real, from a server into an empty home. */
class InstallScriptTest {
    private static final String JAR = ".local/share/latchkey/latchkey.jar";
    private static final String KEY = ".local/share/latchkey/archive.key";
    private static final String ARCHIVE = ".local/share/latchkey/archive";
    private static final String COMMAND = ".local/bin/latchkey";
    private static final String SERVER = ".config/latchkey/server";

    @TempDir(cleanup = CleanupMode.ALWAYS)
    Path folder;

    private TestServer server;
    private Path home;
    private Sh sh;

    @BeforeEach
    void start() throws IOException {
        server = TestServer.start(Map.of(), StubJar.in(folder));
        home = Files.createDirectory(folder.resolve("Ada's \"home\" $HOME"));
        sh = Sh.in(home);
    }

    /** The first use of the command makes an archive behind one's back, which has to be over before all is removed. */
    @AfterEach
    void stop() {
        server.close();
        if (Files.exists(home.resolve(KEY))) {
            awaitArchive();
        }
    }

    private Path awaitArchive() {
        Await.until("an archive of classes", () -> archive().isPresent());
        return archive().orElseThrow();
    }

    private Optional<Path> archive() {
        return Stream.of(".jsa", ".aot")
                .map(ending -> home.resolve(ARCHIVE + ending))
                .filter(Files::exists)
                .findFirst();
    }

    private Path script() {
        return save(server.http().get("/cli/install.sh").expect(200).text());
    }

    private Path save(String script) {
        try {
            return Files.writeString(folder.resolve("install.sh"), script);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Sh.Result install(String... arguments) {
        return sh.script(script(), arguments);
    }

    /** Every file below the home folder. */
    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(home)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> home.relativize(file).toString())
                    .filter(file -> !file.contains("archive."))
                    .sorted()
                    .toList();
        }
    }

    private String rights(String file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve(file)));
    }

    private String address() {
        return "http://127.0.0.1:" + server.port();
    }

    @Test
    void installsIntoAnEmptyHome() throws IOException {
        Sh.Result result = install();
        assertThat(result.exitCode()).as(result::toString).isZero();
        assertThat(result.out()).contains(address(), "[--version]", COMMAND, "not on your PATH");
        assertThat(files()).containsExactlyElementsOf(new TreeSet<>(List.of(SERVER, COMMAND, JAR)));
        assertThat(home.resolve(JAR)).hasSameBinaryContentAs(folder.resolve("latchkey.jar"));
        assertThat(home.resolve(SERVER)).hasContent(address() + "\n");
        assertThat(rights(SERVER)).isEqualTo("rw-------");
        assertThat(rights(".config/latchkey")).isEqualTo("rwx------");
        assertThat(rights(COMMAND)).isEqualTo("rwxr-xr-x");
    }

    @Test
    void worksThroughAPipe() throws IOException {
        Sh.Result result = sh.line("sh < '" + script() + "'");
        assertThat(result.exitCode()).as(result::toString).isZero();
        assertThat(files()).contains(JAR, COMMAND, SERVER);
    }

    @Test
    void theCommandPassesItsArgumentsAndItsExitCodeOn() {
        install();
        Sh.Result result =
                sh.line("\"$HOME/.local/bin/latchkey\" fail '' 'two words' \"it's\" '$HOME' '*' '\\' '\"' -Dx=y @file");
        assertThat(result.out().lines())
                .containsExactly(
                        "[fail]",
                        "[]",
                        "[two words]",
                        "[it's]",
                        "[$HOME]",
                        "[*]",
                        "[\\]",
                        "[\"]",
                        "[-Dx=y]",
                        "[@file]");
        assertThat(result.exitCode()).isEqualTo(7);
    }

    @Test
    void aSecondRunBringsItUpToDate() throws IOException {
        install();
        awaitArchive();
        assertThat(install().exitCode()).isZero();
        awaitArchive();
        StubJar.write(folder.resolve("latchkey.jar"), "a newer one");
        Sh.Result result = sh.with("PATH", System.getenv("PATH") + ":" + home.resolve(".local/bin"))
                .script(script());
        assertThat(result.exitCode()).as(result::toString).isZero();
        assertThat(result.out()).contains("latchkey login").doesNotContain("not on your PATH");
        assertThat(home.resolve(JAR)).hasSameBinaryContentAs(folder.resolve("latchkey.jar"));
        assertThat(files()).containsExactlyElementsOf(new TreeSet<>(List.of(SERVER, COMMAND, JAR)));
    }

    @Test
    void anArchiveThatCannotBeUsedIsNotInTheWay() throws IOException {
        install();
        Path archive = awaitArchive();
        Sh.Result quick = sh.line("\"$HOME/.local/bin/latchkey\" a");
        assertThat(quick).isEqualTo(new Sh.Result(0, "[a]\n", ""));
        Files.writeString(archive, "this is no archive");
        assertThat(sh.line("\"$HOME/.local/bin/latchkey\" a")).isEqualTo(quick);
    }

    @Test
    void aJarThatIsNotTheServersIsRefusedAndLeavesNothing() throws IOException {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        String tampered = Files.readString(script()).replace("/cli/latchkey.jar.sha256\"", "/api/health\"");
        Sh.Result result = sh.with("TMPDIR", temporary.toString()).script(save(tampered));
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("SHA-256", "Nothing was installed");
        assertThat(home).isEmptyDirectory();
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void aServerWithoutAJarLeavesNothing() {
        try (TestServer none = TestServer.start(Map.of(), new RunningJar(Optional.empty()))) {
            Sh.Result result = sh.script(
                    save(none.http().get("/cli/install.sh").expect(200).text()));
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.err()).contains("Cannot download");
            assertThat(home).isEmptyDirectory();
        }
    }

    @Test
    void aScriptThatIsCutShortDoesNothing() {
        String script = server.http().get("/cli/install.sh").expect(200).text();
        for (int tenth = 1; tenth < 10; tenth++) {
            sh.script(save(script.substring(0, script.length() * tenth / 10)));
            assertThat(home).isEmptyDirectory();
        }
    }

    @Test
    void uninstallRemovesWhatItInstalledAndNothingElse() throws IOException {
        Files.createDirectories(home.resolve(".local/bin"));
        Files.createDirectories(home.resolve(".config/latchkey"));
        Files.writeString(home.resolve(".local/bin/other"), "mine");
        Files.writeString(home.resolve(".config/latchkey/sign-in.json"), "{}");
        install();
        awaitArchive();
        Sh.Result result = install("--uninstall");
        assertThat(result.exitCode()).as(result::toString).isZero();
        assertThat(result.out()).contains("Your sign-in is still in");
        assertThat(files()).containsExactly(".config/latchkey/sign-in.json", ".local/bin/other");
        assertThat(home.resolve(".local/share/latchkey")).doesNotExist();
        assertThat(install("--uninstall").exitCode()).isZero();
    }

    @Test
    void uninstallLeavesTheAddressOfAnotherServer() throws IOException {
        install();
        awaitArchive();
        Files.writeString(home.resolve(SERVER), "https://library.example.org\n");
        assertThat(install("--uninstall").exitCode()).isZero();
        assertThat(files()).containsExactly(SERVER);
    }

    @Test
    void aCommandOfSomebodyElseStays() throws IOException {
        Files.createDirectories(home.resolve(".local/bin"));
        Files.writeString(home.resolve(COMMAND), "mine");
        Sh.Result result = install();
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("Move it away");
        assertThat(install("--uninstall").exitCode()).isZero();
        assertThat(files()).containsExactly(COMMAND);
        assertThat(home.resolve(COMMAND)).hasContent("mine");
    }

    @Test
    void saysWhatToDoAboutJavaThatIsMissingOrTooOld() throws IOException {
        Path tools = Files.createDirectory(folder.resolve("tools"));
        java(tools, "exit 1");
        Sh old = sh.with("PATH", tools + ":" + System.getenv("PATH")).with("JAVA_HOME", "");
        assertThat(old.script(script()).err()).contains("Java is missing", "Install Java 17 or newer");
        java(tools, "echo 'openjdk version \"11.0.2\" 2019-01-15' >&2");
        assertThat(old.script(script()).err()).contains("This is Java 11.0.2, which is too old");
        java(tools, "echo 'java version \"1.8.0_292\"' >&2");
        Sh.Result result = old.script(script());
        assertThat(result.err()).contains("Java 1.8.0_292");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(home).isEmptyDirectory();
    }

    private static void java(Path tools, String what) throws IOException {
        Path file = Files.writeString(tools.resolve("java"), "#!/bin/sh\n" + what + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void aQuoteInTheAddressStaysInTheAddress() throws IOException {
        String hostile = "http://127.0.0.1:1/'; touch \"$HOME/pwned\"; echo '";
        String script = server.http().get("/cli/install.sh").expect(200).text();
        String quoted = "'" + hostile.replace("'", "'\\''") + "'";
        Sh.Result result = sh.script(save(script.replace("'" + address() + "'", quoted)));
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("Cannot download " + hostile);
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThat(install("--purge").exitCode()).isEqualTo(2);
        assertThat(install("--help").out()).contains("--uninstall");
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void whatIsServedPassesShellcheck() {
        assumeTrue(sh.line("command -v shellcheck").exitCode() == 0, "shellcheck is not installed");
        Sh.Result result = sh.line("shellcheck '" + script() + "'");
        assertThat(result.exitCode()).as(result::toString).isZero();
        install();
        Sh.Result command = sh.line("shellcheck -e SC2016 \"$HOME/" + COMMAND + "\"");
        assertThat(command.exitCode()).as(command::toString).isZero();
    }
}
