package dev.latchkey.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Reply;
import dev.latchkey.harness.World;
import java.util.Locale;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How guests come in. */
class GuestsTest {
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

    @BeforeEach
    void forgetWhoWasHere() {
        browser.forget();
    }

    private static Reply code() {
        return world.http()
                .post("/api/auth/join-codes")
                .as(world.manager())
                .json("guest_name", "Aunt May")
                .expect(200);
    }

    @Test
    void aLinkLetsInAtThePressOfAButtonAndLeavesTheAddressBar() {
        String link = code().textAt("/url");
        browser.open(link);
        visitor.waitForPath("/login");
        browser.see("#join-link", "lets you in");
        browser.click("#join-code [type=submit]");
        visitor.waitForPath("/");
        browser.see("#account-name", "Aunt May");

        browser.forget();
        browser.open(link);
        browser.click("#join-code [type=submit]");
        browser.see("#join-code .problem", "does not work");
    }

    @Test
    void whoeverIsSignedInIsAskedFirst() {
        visitor.open("/login");
        visitor.signIn(world.member().username(), World.PASSWORD);
        visitor.waitForPath("/");
        browser.open(code().textAt("/url"));
        browser.see("#replaces", world.member().username());
        visitor.open("/");
        browser.see("#account-name", world.member().username());

        browser.open(code().textAt("/url"));
        browser.see("#replaces", world.member().username());
        browser.click("#join-code [type=submit]");
        visitor.waitForPath("/");
        browser.see("#account-name", "Aunt May");
    }

    @Test
    void lettersAreTypedOnTheSignInPage() {
        visitor.open("/login");
        browser.click("#to-code");
        browser.fill("#join_code", "nothing");
        browser.click("#join-code [type=submit]");
        browser.see("#join-code .problem", "does not work");
        assertThat(browser.focused().getDomProperty("id")).isEqualTo("join_code");
        browser.fill("#join_code", code().textAt("/code").toLowerCase(Locale.ROOT));
        browser.click("#join-code [type=submit]");
        visitor.waitForPath("/");
        browser.see("#account-name", "Aunt May");
    }
}
