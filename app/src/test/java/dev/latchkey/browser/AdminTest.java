package dev.latchkey.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Person;
import dev.latchkey.harness.Sample;
import dev.latchkey.harness.World;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.support.ui.Select;

/** What managers and admins do with people, ways in and requests. */
class AdminTest {
    @RegisterExtension
    static final Browser browser = new Browser();

    @AutoClose
    private static World world;

    private static Visitor visitor;

    @BeforeAll
    static void start() {
        world = World.start();
        visitor = new Visitor(browser, world.server());
        visitor.open("/login?next=/admin/people");
        visitor.signIn("ada", World.PASSWORD);
        browser.see("#people-list .row");
    }

    /** Opens the dialog about somebody. */
    private static void person(String name) {
        visitor.open("/admin/people?q=" + name);
        browser.waitUntil(() -> browser.texts("#people-list .row").size() == 1, "for one person");
        browser.click("#people-list .row button");
        browser.see("#person");
    }

    @Test
    void anAccountIsMadeChangedLockedOutAndDeleted() {
        visitor.open("/admin/people");
        browser.click("#make-person-open");
        browser.fill("#username", "mel");
        browser.click("#make-person [type=submit]");
        browser.see("#make-person #username-error", "taken");
        browser.fill("#username", "nora");
        browser.click("#make-person [type=submit]");
        assertThat(browser.see("#setup-url").getDomProperty("value")).contains("/reset-password#token=lkx_");
        browser.click("#make-person .actions .primary");
        browser.see("#people-list .row", "nora");

        person("nora");
        new Select(browser.see("#role")).selectByValue("manager");
        browser.fill("#quota", "2.5");
        browser.click("#person [type=submit]");
        browser.see("#people-list .row", "2.5 GB");
        browser.see("#people-list .badge", "Manager");
        browser.click("#people-list .row button");
        browser.click("#person-lock");
        browser.click("#confirm-yes");
        browser.see("#people-list .badge.off", "Locked out");
        browser.click("#people-list .row button");
        browser.click("#person-delete");
        browser.click("#confirm-yes");
        browser.see("#people-list .none");
    }

    @Test
    void adminsAreToldWhyTheyCannotLimitThemselves() {
        person("ada");
        new Select(browser.see("#role")).selectByValue("guest");
        browser.click("#person [type=submit]");
        browser.see("#person .problem", "Ask another admin");
        assertThat(browser.all("#person-lock, #person-delete")).isEmpty();
    }

    @Test
    void aLinkForANewPasswordIsShownOnce() {
        person("mel");
        browser.click("#person-link");
        assertThat(browser.see("#reset-url").getDomProperty("value")).contains("#token=lkx_");
        browser.click("#reset-link [aria-label=Close]");
        assertThat(browser.all("#reset-url")).isEmpty();
    }

    @Test
    void aGuestIsLetInByACodeThatCanBePrinted() {
        visitor.open("/admin/invites");
        browser.click("#make-code-open");
        browser.click("#make-code [type=submit]");
        browser.see("#make-code .problem");
        browser.fill("#guest_name", "Aunt Rosa");
        browser.click("#make-code [type=submit]");
        String letters = browser.see("#code-letters").getText();
        assertThat(letters).hasSize(6);
        browser.media("print");
        browser.waitUntilGone("#make-code .actions");
        browser.see("#make-code .qr");
        browser.media("");
        browser.click("#make-code .actions .primary");
        world.http().post("/api/auth/join-codes/exchange").json("code", letters).expect(200);
        visitor.open("/admin/invites");
        browser.see("#codes-list .row", "Used up");
    }

    @Test
    void deletionsThatSomebodyAskedForAreDecided() {
        long wanted = ask("party.txt", "I am in it");
        long kept = ask("garden.txt", null);
        visitor.open("/admin/requests");
        browser.see("#waiting-count", "2");
        browser.see("#deletions-list .row", "I am in it");
        browser.click("[aria-label='Delete party.txt']");
        browser.see(".toast", "in the trash");
        browser.click("[aria-label='Keep garden.txt']");
        browser.see("#deletions-list .none");
        browser.waitUntilGone("#waiting-count");
        world.http().get("/api/media/" + wanted).as(world.member()).expect(404);
        world.http().get("/api/media/" + kept).as(world.member()).expect(200);
    }

    @Test
    void whoeverAsksToJoinAppearsWhileThePageIsOpen() {
        visitor.open("/admin/requests");
        browser.see("#joining .none");
        long request = world.ask("wanda", "member");
        browser.see("#joining .row", "wanda");
        browser.see("#waiting-count", "1");
        world.approve(request);
        browser.see("#joining .none");
        browser.waitUntilGone("#waiting-count");
    }

    @Test
    void anInviteIsRevokedAndARequestTurnedDown() {
        world.invite("role", "member", "note", "after it");
        world.invite("role", "member", "note", "for nobody");
        visitor.open("/admin/invites");
        browser.see("[aria-label='Revoke the invite for nobody']").sendKeys(Keys.ENTER);
        browser.see(".toast", "does not work any more");
        browser.waitUntil(
                () -> browser.all("[aria-label='Revoke the invite for nobody']").isEmpty(), "for the invite to go");
        assertThat(browser.focused().getDomAttribute("aria-label")).isEqualTo("Revoke the invite after it");

        world.ask("willy", "member");
        visitor.open("/admin/requests");
        browser.click("[aria-label='Reject willy']");
        browser.see("#joining .none");
        world.http()
                .post("/api/auth/login")
                .json("username", "willy", "password", World.PASSWORD)
                .refused(401, "invalid_credentials");
    }

    private static long ask(String filename, String reason) {
        Person member = world.member();
        long media = world.upload(world.manager(), filename, Sample.uniqueText());
        world.http()
                .post("/api/media/" + media + "/deletion-requests")
                .as(member)
                .json("reason", reason)
                .expect(200);
        return media;
    }

    @Test
    void theAuditLogIsFilteredByWhoAndWhat() {
        visitor.open("/admin/audit");
        new Select(browser.see("[name=action]")).selectByValue("instance.setup");
        browser.waitUntil(() -> browser.texts("#audit-list .row").size() == 1, "for one row");
        browser.see("#audit-list .row", "Set up the library");
        new Select(browser.see("[name=actor_id]")).selectByVisibleText("gus");
        browser.see("#audit-list .none");
        assertThat(visitor.path()).contains("actor_id=").contains("action=instance.setup");
    }

    @Test
    void managersSeeWhatIsTheirsAndNoMore() {
        browser.forget();
        visitor.open("/login?next=/admin");
        visitor.signIn("mara", World.PASSWORD);
        visitor.waitForPath("/admin/requests");
        browser.see("#joining");
        assertThat(browser.texts("#sections a")).containsExactly("Requests", "Invites and codes");
        visitor.open("/admin/people");
        browser.see("h1", "Not for you");
        browser.forget();
        visitor.open("/login");
        visitor.signIn("ada", World.PASSWORD);
        visitor.waitForPath("/");
    }
}
