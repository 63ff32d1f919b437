package dev.latchkey.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Authenticator;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.World;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.support.ui.Select;

/** What people do with their own account. */
class ProfileTest {
    @RegisterExtension
    static final Browser browser = new Browser();

    @AutoClose
    private static World world;

    private static Visitor visitor;

    @BeforeAll
    static void start() {
        world = World.start();
        visitor = new Visitor(browser, world.server());
    }

    private Person open(String username) {
        browser.forget();
        Person person = world.join(username, "member");
        visitor.open("/login?next=/profile");
        visitor.signIn(username, World.PASSWORD);
        visitor.waitForPath("/profile");
        browser.see("#details-form");
        return person;
    }

    @Test
    void detailsAreKeptAndAnotherAddressAsksForThePassword() {
        Person person = open("dee");
        browser.fill("#display_name", "Dee Light");
        new Select(browser.see("#timezone")).selectByValue("Europe/Berlin");
        browser.fill("#email", "dee@example.org");
        browser.fill("#email-password", "not the password");
        browser.click("#details-form [type=submit]");
        browser.see("#email-password-error", "not your password");
        assertThat(browser.focused().getDomProperty("id")).isEqualTo("email-password");
        browser.fill("#email-password", World.PASSWORD);
        browser.click("#details-form [type=submit]");
        browser.see("#account-name", "Dee Light");
        browser.waitUntilGone("#email-password");
        Reply me = world.http().get("/api/auth/me").as(person).expect(200);
        assertThat(me.textAt("/user/email")).isEqualTo("dee@example.org");
        assertThat(me.textAt("/user/timezone")).isEqualTo("Europe/Berlin");
    }

    @Test
    void aNewPasswordIsJudgedWhileItIsTypedAndEndsOtherSignIns() {
        open("pat");
        assertThat(browser.texts("#sessions-list .row")).hasSize(2);
        browser.fill("#current_password", World.PASSWORD);
        browser.fill("#new_password", "password1");
        browser.see("#new_password-error", "common");
        browser.fill("#new_password", "amber lantern harbour 7");
        browser.waitUntilGone("#new_password-error");
        browser.click("#password-form [type=submit]");
        browser.see(".toast", "Your password is changed");
        browser.waitUntil(() -> browser.texts("#sessions-list .row").size() == 1, "for one sign-in");
        browser.see("#sessions-list .row", "This browser");
    }

    @Test
    void anotherSignInIsEndedFromHere() {
        Person person = open("end");
        browser.see("#sessions-list [aria-label^='End']").sendKeys(Keys.ENTER);
        browser.waitUntil(() -> browser.texts("#sessions-list .row").size() == 1, "for one sign-in");
        assertThat(browser.focused().getDomProperty("id")).isEqualTo("sessions-heading");
        world.http().get("/api/auth/me").as(person).expect(401);
    }

    @Test
    void theSecondStepIsTurnedOnWithAnAppRenewedAndTurnedOff() {
        open("sue");
        browser.fill("#enroll-password", World.PASSWORD);
        browser.click("#factor-form [type=submit]");
        browser.waitUntil(
                () -> Boolean.TRUE.equals(browser.run("return document.querySelector('.qr')?.naturalWidth > 0")),
                "for the QR code");
        Authenticator app = new Authenticator(browser.see("#factor-secret").getText());
        browser.fill("#factor-code", app.wrongCodeAt(world.clock().instant()));
        browser.click("#factor-scan [type=submit]");
        browser.see("#factor-code-error", "not right");
        browser.fill("#factor-code", app.codeAt(world.clock().instant()));
        browser.click("#factor-scan [type=submit]");
        String codes = browser.see("#factor-scan .codes").getText();
        assertThat(codes.lines()).hasSize(10);
        browser.click("#factor-scan .actions .primary");

        browser.click("#factor-renew-open");
        browser.fill("#factor-password", World.PASSWORD);
        browser.fill("#factor-code", codes.lines().findFirst().orElseThrow());
        browser.click("#factor-renew [type=submit]");
        String renewed = browser.see("#factor-renew .codes").getText();
        assertThat(renewed.lines())
                .hasSize(10)
                .doesNotContainAnyElementsOf(codes.lines().toList());
        browser.click("#factor-renew .actions .primary");

        browser.click("#factor-off-open");
        browser.fill("#factor-password", World.PASSWORD);
        browser.fill("#factor-code", renewed.lines().findFirst().orElseThrow());
        browser.click("#factor-off [type=submit]");
        browser.see("#factor-form");
    }

    @Test
    void aTokenIsMadeByKeyboardShownOnceAndRevoked() {
        Person person = open("kim");
        browser.see("#make-token-open").sendKeys(Keys.ENTER);
        browser.see("#make-token");
        browser.press("Backup at night");
        browser.press(Keys.ENTER);
        browser.see("#new-token");
        String token = browser.focused().getDomProperty("value");
        assertThat(token).startsWith("lkp_");
        world.http().get("/api/media").as(person.with(token)).expect(200);
        browser.press(Keys.ESCAPE);
        browser.see("#tokens-list .row", "Backup at night");
        assertThat(browser.all("#new-token")).isEmpty();

        browser.see("#tokens-list .danger").sendKeys(Keys.SPACE);
        browser.see("#confirm-text", "Backup at night");
        browser.see("#confirm-yes").sendKeys(Keys.ENTER);
        browser.see("#tokens-list .none");
        world.http().get("/api/media").as(person.with(token)).expect(401);
    }

    @Test
    void coloursAreChosenHereAndStayChosen() {
        open("lou");
        new Select(browser.see("#theme")).selectByValue("dark");
        visitor.open("/profile");
        browser.see("#theme");
        assertThat(browser.run("return document.documentElement.dataset.theme")).isEqualTo("dark");
        new Select(browser.see("#theme")).selectByValue("system");
    }
}
