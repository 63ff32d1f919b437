package dev.latchkey.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.TestServer;
import dev.latchkey.harness.World;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SignInTest {
    @RegisterExtension
    static final Browser first = new Browser();

    @RegisterExtension
    static final Browser second = new Browser();

    @AutoClose
    private final TestServer server = TestServer.start();

    private final Visitor admin = new Visitor(first, server);
    private final Visitor stranger = new Visitor(second, server);

    @Test
    void setupRefusesACommonPasswordBesideItsFieldAndTakesABetterOne() {
        admin.open("/setup");
        admin.setUp("ada", "password1", "Ada");
        assertThat(first.see("#password-error").getText()).containsIgnoringCase("common");
        assertThat(first.focused().getDomProperty("id")).isEqualTo("password");
        assertThat(admin.path()).isEqualTo("/setup");

        admin.setUp("ada", World.PASSWORD, "Ada");
        admin.waitForPath("/");
        first.see("#account-name", "Ada");
        assertThat(first.all("#local-banner:not([hidden])")).isEmpty();
    }

    @Test
    void aShownPasswordIsReadable() {
        admin.open("/setup");
        first.fill("#password", "mumbling");
        first.click("[data-reveals=password]");
        assertThat(first.see("#password").getDomProperty("type")).isEqualTo("text");
        assertThat(first.see("[data-reveals=password]").getAccessibleName()).isEqualTo("Hide password");
    }

    @Test
    void whoeverHasNoSessionSignsInAndReturnsToTheLibrary() {
        admin.setUp("ada", "Ada");

        stranger.open("/");
        stranger.waitForPath("/login?next=%2F");
        stranger.signIn("ada", "not the password");
        second.see("#login .problem", "No account here has this name and password");
        assertThat(stranger.path()).isEqualTo("/login?next=%2F");
        stranger.signIn("ada", World.PASSWORD);
        stranger.waitForPath("/");
        second.see("#account-name", "Ada");
    }

    @Test
    void setupIsOverOnceSomebodyHasMadeTheFirstAccount() {
        admin.setUp("ada", "Ada");
        stranger.open("/setup");
        second.see("#already");
        assertThat(second.all("#setup:not([hidden])")).isEmpty();
    }

    @Test
    void whoeverSignsOutIsOut() {
        admin.setUp("ada", "Ada");
        admin.signOut();
        admin.open("/");
        admin.waitForPath("/login?next=%2F");
    }
}
