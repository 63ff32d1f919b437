package dev.latchkey.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Call;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.Sample;
import dev.latchkey.harness.World;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

/**
 * Every text that people can set, as markup, on every page that shows it. An open alert fails the next command to the
 * browser, and a word of the console fails the test.
 */
class HostileTextsTest {
    private static final String MARKUP = "<img src=x onerror=alert(1)>";

    /** An address may hold no angle bracket, but could end an attribute. */
    private static final String EMAIL = "'onload='alert`1`'@example.org";

    @RegisterExtension
    static final Browser browser = new Browser();

    @AutoClose
    private static World world;

    private static Visitor visitor;
    private static Person member;
    private static long media;
    private static String userCode;

    @BeforeAll
    static void setEveryText() {
        world = World.start(Map.of("instance_name", MARKUP));
        visitor = new Visitor(browser, world.server());
        member = world.member();
        media = world.upload(member, MARKUP + ".txt", Sample.utf8("content " + MARKUP));
        change("/api/media/" + media, "title", "title " + MARKUP, "description", MARKUP, "tags", List.of(MARKUP));
        long gone = world.upload(world.admin(), "gone " + MARKUP + ".txt", Sample.uniqueText());
        post(member, "/api/media/" + media + "/deletion-requests", "reason", "reason " + MARKUP);
        world.http().delete("/api/media/" + gone).as(world.admin()).expect(204);
        change("/api/auth/me", "display_name", "name " + MARKUP);
        change("/api/auth/me", "email", EMAIL, "current_password", World.PASSWORD);
        joining();
        signIns();
    }

    private static void joining() {
        Person admin = world.admin();
        post(admin, "/api/auth/invites", "note", "note " + MARKUP, "email", "other" + EMAIL);
        String guest = "guest " + MARKUP;
        String device = "device " + MARKUP;
        post(admin, "/api/auth/join-codes", "guest_name", guest, "device_name", device, "provider_name", MARKUP);
        post(
                null,
                "/api/auth/join-requests",
                "invite_token",
                world.invite(),
                "username",
                "eve",
                "password",
                World.PASSWORD,
                "display_name",
                "newcomer " + MARKUP,
                "email",
                "eve" + EMAIL);
    }

    private static void signIns() {
        String[] login = {"username", "ada", "password", World.PASSWORD};
        Call named = world.http().post("/api/auth/login").header("User-Agent", "agent " + MARKUP);
        named.json(login[0], login[1], login[2], login[3], "device_name", "device " + MARKUP)
                .expect(200);
        Call unnamed = world.http().post("/api/auth/login").header("User-Agent", "agent " + MARKUP);
        unnamed.json(login[0], login[1], login[2], login[3]).expect(200);
        post(world.admin(), "/api/auth/tokens", "name", "own " + MARKUP);
        post(member, "/api/auth/tokens", "name", "token " + MARKUP);
        userCode = world.http()
                .post("/api/auth/device")
                .header("User-Agent", "agent " + MARKUP)
                .form("client_name", "client " + MARKUP)
                .expect(200)
                .textAt("/user_code");
    }

    private static void change(String path, Object... fields) {
        world.http().patch(path).as(member).json(fields).expect(200);
    }

    private static void post(Person person, String path, Object... fields) {
        Call call = world.http().post(path);
        int status =
                (person == null ? call : call.as(person)).json(fields).send().status();
        assertThat(status).as(path).isIn(200, 201);
    }

    @Test
    void everyTextThatPeopleCanSetShowsAsText() {
        visitor.open("/login");
        showsAsText("#instance-name", MARKUP);
        visitor.signIn("ada", World.PASSWORD);
        visitor.waitForPath("/");
        showsAsText(".tile", "title " + MARKUP);
        visitor.view("title " + MARKUP);
        showsAsText(".text-page", "content " + MARKUP);
        showsAsText("#viewer-facts", "name " + MARKUP, MARKUP + ".txt");
        visitor.open("/?q=" + URLEncoder.encode(MARKUP, StandardCharsets.UTF_8));
        browser.see("#account-name");
        nothingOfItIsMarkup();
        visitor.open("/#trash");
        showsAsText("#trash-list .row", "gone " + MARKUP);
        visitor.open("/profile");
        showsAsText("#sessions-list .rows", "device " + MARKUP, "agent " + MARKUP);
        showsAsText("#tokens-list .row", "own " + MARKUP);
        visitor.open("/device#code=" + userCode);
        showsAsText("#decide", "client " + MARKUP, "agent " + MARKUP);

        visitor.open("/admin/requests");
        showsAsText("#joining-list .row", "newcomer " + MARKUP, "eve" + EMAIL);
        showsAsText("#deletions-list .row", "title " + MARKUP, "name " + MARKUP, "reason " + MARKUP);
        visitor.open("/admin/invites");
        showsAsText("#invites-list .rows", "note " + MARKUP, "other" + EMAIL);
        showsAsText("#codes-list .row", "guest " + MARKUP, "device " + MARKUP);
        visitor.open("/admin/tokens");
        showsAsText("#tokens-list .rows", "token " + MARKUP, "name " + MARKUP);
        visitor.open("/admin/mail");
        showsAsText("#mail-list .rows", "other" + EMAIL);
        visitor.open("/admin/audit");
        showsAsText("#audit-list .rows", MARKUP + ".txt", "agent " + MARKUP);
        visitor.open("/admin/people?q=mel");
        showsAsText("#people-list .row", "name " + MARKUP, EMAIL);
        browser.click("#people-list .row button");
        showsAsText("#person", "name " + MARKUP);
        browser.click("#person-delete");
        showsAsText("#confirm", "name " + MARKUP);
        browser.press(Keys.ESCAPE);
    }

    @Test
    void whatSaysWhatWasDoneIsTextToo() {
        browser.forget();
        visitor.open("/login?next=/admin/requests");
        visitor.signIn("ada", World.PASSWORD);
        browser.see("#joining-list .row button").click();
        showsAsText(".toast", "newcomer " + MARKUP);
        browser.see("#deletions-list .row button + button").click();
        showsAsText("#toasts", "title " + MARKUP);
    }

    private static void showsAsText(String css, String... texts) {
        for (String text : texts) {
            browser.see(css, text);
        }
        nothingOfItIsMarkup();
    }

    private static void nothingOfItIsMarkup() {
        assertThat(browser.all("[onerror], [onload], body script, img[src=x]")).isEmpty();
    }
}
