package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.Shell.Result;
import dev.latchkey.harness.Authenticator;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What whoever has the server's machine can do when nobody gets in any more. */
class RescueTest {
    private static final String NEW_PASSWORD = "nineteen lanterns in the harbour";

    @TempDir
    Path home;

    private World world;
    private Shell shell;
    private Path config;

    @BeforeEach
    void start() throws IOException {
        world = World.start();
        shell = Shell.at(home, world.server());
        config = home.resolve("latchkey.properties");
        Files.writeString(config, "data_dir=" + world.server().dataDir() + "\n");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private Result rescue(String command, String username) {
        return shell.here(command, username, "--config", config.toString());
    }

    private Reply logIn(String username, String password) {
        return world.http()
                .post("/api/auth/login")
                .json("username", username, "password", password)
                .send();
    }

    @Test
    void aRunningServerIsNotDisturbed() {
        Result result = rescue("make-admin", "mel");

        assertThat(result.exitCode()).isOne();
        assertThat(result.err()).contains("Another Latchkey is running").contains("Stop it first");
        world.http().get("/api/auth/me").as(world.member()).expect(200);
    }

    @Test
    void aForgottenPasswordIsReplacedAndEverySignInEnds() {
        world.server().stop();
        Result result = shell.typing(
                NEW_PASSWORD + "\n" + NEW_PASSWORD + "\n", "reset-password", "ada", "--config", config.toString());
        world.server().restart();

        assertThat(result.exitCode()).as(result.toString()).isZero();
        assertThat(result.err()).contains("The password of ada is changed").doesNotContain(NEW_PASSWORD);
        world.http().get("/api/auth/me").as(world.admin()).expect(401);
        assertThat(logIn("ada", World.PASSWORD).status()).isEqualTo(401);
        Person ada = new Person(world.admin().id(), "ada", NEW_PASSWORD, "");
        Reply audit = world.http()
                .get("/api/audit?action=user.set_password")
                .as(world.signIn(ada))
                .expect(200);
        assertThat(audit.at("/items/0/actor").isNull()).isTrue();
        assertThat(audit.longAt("/items/0/target/id")).isEqualTo(ada.id());
    }

    @Test
    void twoPasswordsThatDifferOrAreTooSimpleChangeNothing() {
        world.server().stop();
        String[] command = {"reset-password", "ada", "--config", config.toString()};
        Result different = shell.typing(NEW_PASSWORD + "\nsomething else 19\n", command);
        Result simple = shell.typing("password\npassword\n", command);
        world.server().restart();

        assertThat(different.exitCode()).isOne();
        assertThat(different.err()).contains("not the same");
        assertThat(simple.exitCode()).isOne();
        assertThat(simple.err()).contains("most common passwords");
        world.http().get("/api/auth/me").as(world.admin()).expect(200);
    }

    @Test
    void aLostSecondFactorIsSwitchedOff() {
        String secret = world.http()
                .post("/api/auth/totp/enroll")
                .as(world.member())
                .json("current_password", World.PASSWORD)
                .expect(200)
                .textAt("/secret");
        world.http()
                .post("/api/auth/totp/confirm")
                .as(world.member())
                .json("code", new Authenticator(secret).codeAt(world.clock().instant()))
                .expect(200);
        assertThat(logIn("mel", World.PASSWORD).expect(200).at("/challenge").isMissingNode())
                .isFalse();
        world.server().stop();
        Result result = rescue("reset-second-factor", "mel");
        world.server().restart();

        assertThat(result.exitCode()).as(result.toString()).isZero();
        assertThat(logIn("mel", World.PASSWORD).expect(200).textAt("/token")).startsWith("lks_");
    }

    @Test
    void anybodyCanBeMadeAnAdminEvenWhoWasLockedOut() {
        world.http()
                .post("/api/users/" + world.member().id() + "/deactivate")
                .as(world.admin())
                .json()
                .expect(200);
        world.server().stop();
        Result result = rescue("make-admin", "MEL");
        world.server().restart();

        assertThat(result.exitCode()).as(result.toString()).isZero();
        Reply me = logIn("mel", World.PASSWORD).expect(200);
        assertThat(me.textAt("/user/role")).isEqualTo("admin");
        world.http().get("/api/auth/me").as(world.member()).expect(401);
    }

    @Test
    void whoeverIsMadeAnAdminAfterTheirMembershipEndedSignsInAnew() {
        String token = world.http()
                .post("/api/auth/tokens")
                .as(world.member())
                .json("name", "old")
                .expect(201)
                .textAt("/token");
        world.server().tamper("UPDATE users SET membership_ends_at = 1 WHERE username = 'mel'");
        world.server().stop();
        Result result = rescue("make-admin", "mel");
        world.server().restart();

        assertThat(result.exitCode()).as(result.toString()).isZero();
        world.http().get("/api/auth/me").as(world.member()).expect(401);
        world.http().get("/api/auth/me").bearer(token).expect(401);
        assertThat(logIn("mel", World.PASSWORD).expect(200).textAt("/user/role"))
                .isEqualTo("admin");
    }

    @Test
    void whoIsNotThereIsNamedAndNothingIsMade() throws IOException {
        world.server().stop();
        Result nobody = rescue("make-admin", "nobody");
        Files.writeString(config, "data_dir=" + home.resolve("elsewhere") + "\n");
        Result nowhere = rescue("make-admin", "mel");
        world.server().restart();

        assertThat(nobody.exitCode()).isOne();
        assertThat(nobody.err()).contains("nobody with the username nobody");
        assertThat(nowhere.exitCode()).isOne();
        assertThat(nowhere.err()).contains("There is no library in");
        assertThat(home.resolve("elsewhere")).doesNotExist();
    }
}
