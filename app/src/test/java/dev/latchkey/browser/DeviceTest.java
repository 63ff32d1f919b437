package dev.latchkey.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Person;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.World;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How people let a device in. */
class DeviceTest {
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:device_code";
    private static final String NAME = "Kitchen <b>screen</b> \u202etxet";

    @RegisterExtension
    static final Browser browser = new Browser();

    @AutoClose
    private static World world;

    private static Visitor visitor;

    private Reply device;

    @BeforeAll
    static void start() {
        world = World.start();
        visitor = new Visitor(browser, world.server());
    }

    @BeforeEach
    void ask() {
        browser.forget();
        device = world.http().post("/api/auth/device").form("client_name", NAME).expect(200);
    }

    private void signIn(Person person) {
        visitor.open("/login");
        visitor.signIn(person.username(), person.password());
        visitor.waitForPath("/");
    }

    private Reply poll() {
        return world.http()
                .post("/api/auth/token")
                .form("grant_type", GRANT, "device_code", device.textAt("/device_code"))
                .send();
    }

    private void type(String code) {
        browser.fill("#ask #user_code", code);
        browser.click("#ask [type=submit]");
    }

    @Test
    void whoeverIsSignedInTypesTheCodeLooksAndApproves() {
        signIn(world.member());
        visitor.open("/device");
        type(device.textAt("/user_code").replace("-", " ").toLowerCase(java.util.Locale.ROOT));
        browser.see("#asker-code", device.textAt("/user_code"));
        browser.see("#asker-name", NAME);
        browser.see("#asker-ip", "127.0.0.1");
        browser.see("#me", "mel");
        poll().refused(400, "authorization_pending");
        browser.click("#decide [type=submit]");
        browser.see("#approved-heading");
        poll().expect(200);
    }

    @Test
    void theCodeOfALinkOutlastsTheSignInAndDecidesNothing() {
        visitor.open("/device#code=" + device.textAt("/user_code"));
        browser.see("#login");
        visitor.signIn(world.member().username(), World.PASSWORD);
        browser.see("#asker-code", device.textAt("/user_code"));
        poll().refused(400, "authorization_pending");
        browser.click("#deny");
        browser.see("#denied-heading");
        assertThat(visitor.path()).isEqualTo("/device");
        poll().refused(400, "access_denied");
    }

    @Test
    void aCodeThatIsWrongOrTooOldIsAskedForAgain() {
        signIn(world.guest());
        visitor.open("/device#code=BCDF-GHJK");
        browser.see("#ask .problem", "No device waits");
        assertThat(browser.focused().getDomProperty("id")).isEqualTo("user_code");
        type(device.textAt("/user_code"));
        browser.see("#decide");
        world.clock().advance(Duration.ofMinutes(10));
        browser.click("#decide [type=submit]");
        browser.see("#ask .problem", "No device waits");
        poll().refused(400, "expired_token");
    }
}
