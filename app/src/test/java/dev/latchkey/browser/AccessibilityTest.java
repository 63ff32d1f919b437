package dev.latchkey.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

import dev.latchkey.harness.Sample;
import dev.latchkey.harness.TestServer;
import dev.latchkey.harness.World;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every page as axe-core and the console see it, bright and dark. */
class AccessibilityTest {
    @RegisterExtension
    static final Browser browser = new Browser();

    @AutoClose
    private static World world;

    private static Visitor visitor;

    /** An address, what has to be seen before anybody looks, and what to press for the sight. */
    private record Sight(String path, String seen, String... presses) {}

    @BeforeAll
    static void fill() {
        world = World.start();
        visitor = new Visitor(browser, world.server());
        long picture = world.upload(world.member(), "lake.png", Sample.uniqueImage("png"));
        world.upload(world.member(), "notes.txt", Sample.uniqueText());
        world.http()
                .post("/api/media/" + picture + "/deletion-requests")
                .as(world.member())
                .json("reason", "It is mine")
                .expect(200);
        world.ask("nora", "member");
        world.invite("role", "guest", "note", "for Rosa");
        world.http()
                .post("/api/auth/join-codes")
                .as(world.manager())
                .json("guest_name", "Rosa")
                .expect(200);
        world.http()
                .post("/api/auth/tokens")
                .as(world.member())
                .json("name", "Backup")
                .expect(201);
    }

    @Test
    void pagesForEverybodyAreInOrder() {
        browser.forget();
        check(List.of(
                new Sight("/login", "#login"),
                new Sight("/login#forgot", "#forgot"),
                new Sight("/login?join=lkj_0000", "#join-code"),
                new Sight("/setup", "#already"),
                new Sight("/offline", "#again"),
                new Sight("/join", "#paste"),
                new Sight("/join#invite=lki_0000", "#join"),
                new Sight("/reset-password", "main > .card"),
                new Sight("/verify-email", "main > .card"),
                new Sight("/install", "#install")));
        look(new Sight("/nowhere", "h1"));
    }

    /** It takes an account in trouble to see these, and a script to see them at once. */
    @Test
    void theFurtherStepsOfSigningInAreInOrder() {
        browser.forget();
        visitor.open("/login");
        browser.see("#login");
        for (String step : List.of("second-step", "new-password")) {
            browser.prefer("light");
            browser.run(
                    "for (const card of document.querySelectorAll('main > .card')) card.hidden = card.id !== arguments[0]",
                    step);
            browser.see("#" + step);
            inOrder("/login, " + step);
        }
    }

    /** All of the page takes axe a minute, and every operation looks like the first ones. */
    @Test
    void theDescriptionOfTheApiIsInOrder() {
        visitor.open("/api/docs");
        browser.see("main");
        browser.run(
                "[...document.querySelectorAll('section:not(:has(section))')].slice(8).forEach((each) => each.remove())");
        assertThat(new Accessibility(browser).findings()).isEmpty();
    }

    @Test
    void pagesBehindTheDoorAreInOrder() {
        browser.forget();
        visitor.open("/login");
        visitor.signIn("ada", World.PASSWORD);
        visitor.waitForPath("/");
        check(List.of(
                new Sight("/", ".tile"),
                new Sight("/", "#viewer-name", ".tile"),
                new Sight("/", "#edit-form", ".tile", "#viewer-edit"),
                new Sight("/", "#filter-person", "#filter-more"),
                new Sight("/#trash", "#trash-heading"),
                new Sight("/device", "#ask"),
                new Sight("/device#code=" + askingDevice(), "#decide"),
                new Sight("/profile", "#tokens-list .none"),
                new Sight("/profile", "#make-token", "#make-token-open"),
                new Sight("/admin/requests", "#deletions-list .row"),
                new Sight("/admin/invites", "#codes-list .row"),
                new Sight("/admin/invites", "#make-invite", "#make-invite-open"),
                new Sight("/admin/people", "#people-list .row"),
                new Sight("/admin/people", "#person", "#people-list .row button"),
                new Sight("/admin/tokens", "#tokens-list .row"),
                new Sight("/admin/mail", "#mail-list *"),
                new Sight("/admin/audit", "#audit-list .row"),
                new Sight("/admin/system", ".figures")));
    }

    @Test
    void whoeverMayNotSeeAPageIsToldSoInOrder() {
        browser.forget();
        visitor.open("/login");
        visitor.signIn("gus", World.PASSWORD);
        visitor.waitForPath("/");
        look(new Sight("/admin/people", "h1"));
    }

    private static String askingDevice() {
        return world.http()
                .post("/api/auth/device")
                .json("client_id", "television")
                .expect(200)
                .textAt("/user_code");
    }

    @Test
    void theFirstPageOfALibraryThatNobodySharesYetIsInOrder() {
        Visitor shared = visitor;
        try (TestServer local = TestServer.start()) {
            visitor = new Visitor(browser, local);
            check(List.of(new Sight("/setup", "#setup"), new Sight("/", "#local-banner")));
            browser.open("about:blank");
        } finally {
            visitor = shared;
        }
    }

    private static void check(List<Sight> sights) {
        browser.errors();
        for (Sight sight : sights) {
            look(sight);
            assertThat(browser.errors()).as("console of " + sight.path()).isEmpty();
        }
    }

    private static void look(Sight sight) {
        browser.open("about:blank");
        browser.prefer("light");
        visitor.open(sight.path());
        for (String press : sight.presses()) {
            browser.click(press);
        }
        browser.see(sight.seen());
        inOrder(sight.path());
    }

    private static void inOrder(String path) {
        Accessibility axe = new Accessibility(browser);
        assertThat(unannounced())
                .as("modules that %s loads without announcing them", path)
                .isEmpty();
        assertSoftly(softly -> {
            softly.assertThat(axe.findings()).as(path + " bright").isEmpty();
            browser.prefer("dark");
            // Both rules that look at colours; what the others look at is the same in the dark.
            softly.assertThat(axe.findings("color-contrast", "link-in-text-block"))
                    .as(path + " dark")
                    .isEmpty();
        });
    }

    /** A module that comes late makes everything late; the sections of the admin page come when they are asked for. */
    private static List<?> unannounced() {
        return (List<?>) browser.run("""
                const sources = (css, name) => [...document.querySelectorAll(css)].map((node) => node[name]);
                const known = new Set([...sources('script[src]', 'src'), ...sources('link[rel=modulepreload]', 'href')]);
                return location.pathname.startsWith('/admin/') ? [] : performance.getEntriesByType('resource')
                  .map(({ name }) => name).filter((name) => name.endsWith('.js') && !known.has(name));""");
    }

    /** Without this, an axe that looks nowhere would pass. */
    @Test
    void aBrokenPageWouldBeNoticed() {
        visitor.open("/login");
        browser.see("#login");
        browser.run("document.querySelector('#login').append(document.createElement('button'))");
        assertThat(new Accessibility(browser).findings()).hasSize(1);
    }
}
