package dev.latchkey.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Keyring;
import dev.latchkey.harness.Keyring.SecondFactor;
import dev.latchkey.harness.MailServer;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.TestServer;
import dev.latchkey.harness.World;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The ways back into an account, and the ways to a safer one, as people walk them. */
class RecoveryTest {
    private static final String BETTER = "seven green kettles whistle";

    @RegisterExtension
    static final Browser browser = new Browser();

    @AutoClose
    private static MailServer mails;

    @AutoClose
    private static World world;

    private static Keyring keyring;
    private static Visitor visitor;

    @BeforeAll
    static void start() {
        mails = MailServer.start();
        Map<String, String> options = new HashMap<>(mails.options());
        options.put("email.verification", "true");
        world = World.start(options);
        keyring = new Keyring(world);
        visitor = new Visitor(browser, world.server());
    }

    @BeforeEach
    void forgetWhoWasHere() {
        browser.forget();
    }

    @Test
    void afterTheRightPasswordTheAppIsAskedAndAWrongCodeIsRefused() {
        Person person = keyring.somebody("member");
        SecondFactor factor = keyring.enroll(person);
        visitor.open("/login?next=%2F%23trash");
        visitor.signIn(person.username(), World.PASSWORD);
        visitor.typeCode(factor.app().wrongCodeAt(world.clock().instant()));
        browser.see("#code-error", "not right");
        assertThat(browser.focused().getDomProperty("id")).isEqualTo("code");
        assertThat(browser.focused().getDomAttribute("autocomplete")).isEqualTo("one-time-code");
        visitor.typeCode(factor.app().codeAt(world.clock().instant()));
        visitor.waitForPath("/#trash");
    }

    @Test
    void whoeverLostThePhoneSignsInWithABackupCode() {
        Person person = keyring.somebody("member");
        SecondFactor factor = keyring.enroll(person);
        visitor.open("/login");
        visitor.signIn(person.username(), World.PASSWORD);
        browser.click("#other-method");
        browser.see("#code-label", "Backup code");
        visitor.typeCode(factor.backupCodes().get(0));
        visitor.waitForPath("/");
    }

    @Test
    void aSecondStepThatTookTooLongLeadsBackToTheFirst() {
        Person person = keyring.somebody("member");
        SecondFactor factor = keyring.enroll(person);
        visitor.open("/login");
        visitor.signIn(person.username(), World.PASSWORD);
        browser.see("#second-step #code");
        world.clock().advance(Duration.ofMinutes(6));
        visitor.typeCode(factor.app().codeAt(world.clock().instant()));
        browser.see("#login .problem", "took too long");
        assertThat(browser.focused().getDomProperty("id")).isEqualTo("password");
        assertThat(browser.focused().getDomProperty("value")).isEmpty();
    }

    @Test
    void aPasswordThatAnAdminSetIsChangedBeforeAnythingElse() {
        Person person = keyring.somebody("member");
        keyring.setPassword(person, "given by an admin 7").expect(204);
        visitor.open("/login?next=%2F%23trash");
        visitor.signIn(person.username(), "given by an admin 7");
        browser.see("#new-password");
        assertThat(browser.see("#current_password").getDomProperty("value"))
                .as("what was typed a moment ago")
                .isEqualTo("given by an admin 7");
        browser.fill("#new_password", "password1");
        browser.click("#new-password [type=submit]");
        browser.see("#new_password-error", "common");
        browser.fill("#new_password", BETTER);
        browser.click("#new-password [type=submit]");
        visitor.waitForPath("/#trash");
        browser.see("#account-name", person.username());
    }

    @Test
    void whoeverLeftBeforeChangingIsAskedAgainOnTheNextVisit() {
        Person person = keyring.somebody("member");
        keyring.setPassword(person, "given by an admin 7").expect(204);
        visitor.open("/login");
        visitor.signIn(person.username(), "given by an admin 7");
        browser.see("#new-password");
        visitor.open("/");
        visitor.waitForPath("/login?next=%2F");
        browser.see("#new-password");
        browser.fill("#current_password", "something else");
        browser.fill("#new_password", BETTER);
        browser.click("#new-password [type=submit]");
        browser.see("#current_password-error", "not your password");
        browser.click("#not-me");
        browser.see("#login");
        visitor.open("/");
        visitor.waitForPath("/login?next=%2F");
    }

    @Test
    void whoeverTriesTooOftenIsToldHowLongToWait() {
        try (TestServer strict = TestServer.start(Map.of("throttle.factor", "1"))) {
            World.setUp(strict);
            for (int i = 0; i < 5; i++) {
                strict.http()
                        .post("/api/auth/login")
                        .json("username", "ada", "password", "wrong")
                        .expect(401);
            }
            Visitor hasty = new Visitor(browser, strict);
            hasty.open("/login");
            hasty.signIn("ada", World.PASSWORD);
            assertThat(browser.see("#login .problem", "Too many tries.").getText())
                    .matches("Too many tries\\. Try again in \\d+ seconds\\.");
        }
    }

    @Test
    void aForgottenPasswordIsReplacedByTheLinkInAMail() {
        Person person = withAddress("fay@example.org");
        visitor.open("/login");
        browser.click("a[href='#forgot']");
        browser.fill("#forgot #email", "fay@example.org");
        browser.click("#forgot [type=submit]");
        browser.see("#forgot-sent", "If an account here has the address fay@example.org");

        browser.open(mails.await("fay@example.org", 2).link());
        browser.see("#for-address", "For the account with the address f");
        assertThat(visitor.path()).as("the secret stays out of the address bar").isEqualTo("/reset-password");
        browser.fill("#new_password", "password1");
        browser.click("[data-reveals=new_password]");
        browser.see("#new_password-error", "common");
        browser.fill("#new_password", BETTER);
        browser.click("#reset [type=submit]");
        browser.see("#done");
        browser.click("#done a");
        visitor.signIn(person.username(), BETTER);
        visitor.waitForPath("/");
    }

    @Test
    void anAddressThatNobodyHasIsToldTheSame() {
        visitor.open("/login#forgot");
        browser.fill("#forgot #email", "nobody@example.org");
        browser.click("#forgot [type=submit]");
        browser.see("#forgot-sent", "If an account here has the address nobody@example.org");
        browser.click("#forgot-sent [data-back]");
        browser.see("#login");
        assertThat(visitor.path()).isEqualTo("/login");
    }

    @Test
    void aResetAsksForTheSecondFactorAndSurvivesAWrongCode() {
        Person person = keyring.somebody("member");
        SecondFactor factor = keyring.enroll(person);
        visitor.open("/reset-password#token=" + keyring.resetToken(person));
        browser.fill("#new_password", BETTER);
        browser.click("#reset [type=submit]");
        browser.fill("#code", factor.app().wrongCodeAt(world.clock().instant()));
        browser.click("#reset [type=submit]");
        browser.see("#code-error", "not right");
        browser.fill("#code", factor.app().codeAt(world.clock().instant()));
        browser.click("#reset [type=submit]");
        browser.see("#done");
    }

    @Test
    void aLinkThatWasUsedSaysSoAndLeadsToANewOne() {
        Person person = keyring.somebody("member");
        String token = keyring.resetToken(person);
        keyring.reset(token, BETTER).expect(200);
        visitor.open("/reset-password#token=" + token);
        browser.see("#broken-heading", "does not work");
        browser.click("#broken .primary");
        browser.see("#forgot #email");
    }

    @Test
    void aNewAccountGetsItsFirstPasswordByTheSetupLink() {
        String link = world.http()
                .post("/api/users")
                .as(world.admin())
                .json("username", "nia", "role", "member")
                .expect(201)
                .textAt("/setup_url");
        browser.open(link);
        browser.fill("#new_password", BETTER);
        browser.click("#reset [type=submit]");
        browser.see("#done");
        browser.click("#done a");
        visitor.signIn("nia", BETTER);
        visitor.waitForPath("/");
    }

    @Test
    void anAddressIsConfirmedByOnePressAndOnlyOnce() {
        Person person = keyring.somebody("member");
        setAddress(person, "vic@example.org");
        String link = mails.await("vic@example.org").link();
        browser.open(link);
        browser.see("#verify");
        assertThat(visitor.path()).isEqualTo("/verify-email");
        assertThat(verified(person)).as("without a press").isFalse();
        browser.click("#verify [type=submit]");
        browser.see("#done", "confirmed");
        assertThat(verified(person)).isTrue();

        browser.open("about:blank");
        browser.open(link);
        browser.click("#verify [type=submit]");
        browser.see("#broken-heading", "does not work");
    }

    @Test
    void whoeverLostTheMailSignsInAndGetsAnother() {
        Person person = keyring.somebody("member");
        setAddress(person, "wes@example.org");
        visitor.open("/verify-email");
        browser.click("#no-link [type=submit]");
        visitor.waitForPath("/login?next=%2Fverify-email");
        visitor.signIn(person.username(), World.PASSWORD);
        visitor.waitForPath("/verify-email");
        browser.click("#no-link [type=submit]");
        browser.see("#sent");
        mails.await("wes@example.org", 2);
    }

    private static boolean verified(Person person) {
        return keyring.me(person.token()).expect(200).at("/user/email_verified").asBoolean();
    }

    private static void setAddress(Person person, String email) {
        world.http()
                .patch("/api/auth/me")
                .as(person)
                .json("email", email, "current_password", World.PASSWORD)
                .expect(200);
    }

    /** Somebody new with this address, which is confirmed; that took one mail. */
    private static Person withAddress(String email) {
        Person person = keyring.somebody("member");
        setAddress(person, email);
        String token = mails.await(email).secret("token");
        world.http().post("/api/auth/email/verify").json("token", token).expect(200);
        return person;
    }
}
