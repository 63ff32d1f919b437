package dev.latchkey.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Await;
import dev.latchkey.harness.World;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How an admin learns in the browser what is wrong with a server: no mail gets out, and its disk is full. */
class OperationsTest {
    @RegisterExtension
    static final Browser browser = new Browser();

    @AutoClose
    private static World world;

    private static Visitor admin;

    @BeforeAll
    static void start() {
        world = World.start(Map.of(
                "smtp.host", "127.0.0.1",
                "smtp.port", "1", // nothing listens there
                "smtp.tls", "none",
                "smtp.from", "library@example.org",
                "storage.reserve_bytes", "1000000GiB"));
        admin = new Visitor(browser, world.server());
        admin.open("/login?next=/admin/system");
        admin.signIn("ada", World.PASSWORD);
        browser.see(".figures");
    }

    @Test
    void aMailThatCannotBeSentSaysWhyAndIsTriedAgainOrDeleted() {
        world.invite("role", "member", "email", "nora@example.org");
        Await.until(
                "the first attempt to fail",
                () -> world.http()
                                .get("/api/mail")
                                .as(world.admin())
                                .expect(200)
                                .at("/items/0/attempts")
                                .asInt()
                        == 1);
        admin.open("/admin/mail");
        browser.see("#mail-list .error");
        assertThat(browser.see("#mail-list .row").getText()).contains("To nora@example.org", "1 attempt", "Waiting");

        browser.see("#mail-list [aria-label^='Try']").click();
        browser.see(".toast", "It is sent again at once.");

        browser.see("#mail-list .danger").click();
        browser.see(".toast", "The mail is deleted.");
        browser.see("#mail-list .none", "No mails.");
    }

    @Test
    void aFullDiskIsSaidOnTheSystemPage() {
        admin.open("/admin/system");
        browser.see("#disk", "The disk is full");
        browser.see(".figures", "Version");
    }

    @Test
    void aTokenOfSomebodyElseIsRevoked() {
        world.http()
                .post("/api/auth/tokens")
                .as(world.member())
                .json("name", "old phone")
                .expect(201);
        admin.open("/admin/tokens");
        browser.see("#tokens-list .row", "old phone");
        browser.see("#tokens-list .danger").click();
        browser.click("#confirm-yes");
        browser.waitUntil(() -> browser.texts("#tokens-list .row").isEmpty(), "for an empty list");
    }

    @Test
    void theInstallPageHasLinesToCopy() {
        admin.open("/install");
        browser.see("code", "curl -fsSL " + admin.url("/cli/install.sh") + " | sh");
        browser.click(".command button");
        browser.waitUntil(
                () -> browser.texts(".command button").get(0).matches("Copied|Press Ctrl\\+C"),
                "for the line to be copied");
    }
}
