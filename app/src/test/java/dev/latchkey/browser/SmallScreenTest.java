package dev.latchkey.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

import dev.latchkey.harness.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every page as a phone shows it, bright and dark, with names that do not want to break. */
class SmallScreenTest {
    private static final String LONG = "Grandmothers_unabbreviated_collection_".repeat(5);

    @RegisterExtension
    static final Browser browser = new Browser();

    @AutoClose
    private static TestServer local;

    @AutoClose
    private static TestServer shared;

    private static Visitor owner;
    private static Visitor admin;

    private record View(String name, Runnable arrive) {
        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    static void fillALibraryOfEachMode(@TempDir Path folder) throws IOException {
        local = TestServer.start();
        shared = TestServer.start();
        owner = new Visitor(browser, local);
        admin = new Visitor(browser, shared);
        Path picture = SampleFiles.picture(folder, LONG + ".png");
        Path text = SampleFiles.text(folder, "short.txt");
        owner.open("/");
        owner.upload(picture, text);
        admin.setUp("ada", LONG.substring(0, 60));
        admin.upload(picture, text);
        admin.view("short.txt");
        admin.edit(LONG, LONG, LONG.substring(0, 40));
        browser.run("""
                return (async () => {
                  const { items } = await (await fetch('/api/media')).json();
                  for (const { id } of items) {
                    await fetch(`/api/media/${id}/deletion-requests`, {
                      method: 'POST',
                      headers: { 'content-type': 'application/json' },
                      body: JSON.stringify({ reason: arguments[0] }),
                    });
                  }
                })();
                """, LONG);
    }

    static Stream<View> views() {
        return Stream.of(
                new View("the local library", () -> {
                    owner.open("/");
                    browser.see(".tile");
                }),
                new View("setup with a problem", () -> {
                    owner.open("/setup");
                    owner.setUp("ada", "password1", "Ada");
                    browser.see("#password-error");
                }),
                new View("setup that is over", () -> {
                    admin.open("/setup");
                    browser.see("#already");
                }),
                new View("sign-in with a problem", () -> {
                    admin.open("/login");
                    admin.signIn("ada", "wrong");
                    browser.see("#login .problem");
                }),
                new View("an invite to paste", () -> {
                    admin.open("/join");
                    browser.see("#paste");
                }),
                new View("an invite to accept", () -> {
                    admin.open("/login");
                    admin.open("/join#invite=lki_0000");
                    browser.see("#join");
                }),
                new View("a forgotten password", () -> {
                    admin.open("/login#forgot");
                    browser.see("#forgot");
                }),
                new View("the second step of signing in", () -> reveal("/login", "second-step")),
                new View("a password that has to be changed", () -> reveal("/login", "new-password")),
                new View("a password to choose", () -> reveal("/reset-password", "reset")),
                new View("a link that does not work", () -> {
                    admin.open("/login");
                    admin.open("/reset-password#token=lkx_0000");
                    browser.see("#broken");
                }),
                new View("an address to confirm", () -> {
                    admin.open("/login");
                    admin.open("/verify-email#token=lkx_0000");
                    browser.see("#verify");
                }),
                new View("a device that asks", () -> reveal("/device", "decide")),
                new View("the shared library", SmallScreenTest::openShared),
                new View("an item", SmallScreenTest::openItem),
                new View("a selection in a narrowed library", () -> {
                    openShared();
                    browser.click("#filter-more");
                    browser.see("#filter-person");
                    browser.run("document.querySelector('.tile').focus()");
                    browser.press("x");
                    browser.see("#selection-tag");
                }),
                new View("the details of an item", () -> {
                    openItem();
                    browser.click("#viewer-edit");
                    browser.see("#edit-form");
                }),
                new View("the trash", () -> {
                    admin.open("/#trash");
                    browser.see("#trash-heading");
                }),
                new View("a new invite", () -> admin.invite("member")),
                manage("requests", "#deletions-list .row"),
                manage("people", "#people-list .row"),
                manage("audit", "#audit-list .row"),
                new View("a person", () -> {
                    admin.open("/admin/people");
                    browser.click("#people-list .row button");
                    browser.see("#person-delete, #person-sessions");
                }),
                new View("one's own account", () -> {
                    admin.open("/profile");
                    browser.see("#sessions-list .row");
                }),
                new View("a page that is not there", () -> admin.open("/nowhere")));
    }

    private static View manage(String section, String sight) {
        return new View(section, () -> {
            admin.open("/admin/" + section);
            browser.see(sight);
        });
    }

    /** Shows a part of a page that it takes an account in trouble to see. */
    private static void reveal(String path, String id) {
        admin.open("/setup");
        admin.open(path);
        browser.see("main > .card:not([hidden])");
        String script =
                "for (const card of document.querySelectorAll('main > .card')) card.hidden = card.id !== arguments[0]";
        browser.run(script, id);
        browser.see("#" + id);
    }

    private static void openShared() {
        admin.open("/");
        browser.see(".tile");
    }

    private static void openItem() {
        openShared();
        admin.view(LONG);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("views")
    void everythingFitsAndHasANameAndShowsTheFocus(View view) {
        Screen screen = new Screen(browser);
        browser.narrow(390);
        view.arrive().run();
        assertSoftly(softly -> {
            softly.assertThat(screen.nameless()).as("without a name").isEmpty();
            softly.assertThat(screen.stopsWithoutVisibleFocus())
                    .as("without visible focus")
                    .isEmpty();
            for (int width : new int[] {390, 320}) {
                softly.assertThat(screen.spills(width, "light")).as("too wide").isEmpty();
                softly.assertThat(screen.spills(width, "dark")).as("too wide").isEmpty();
            }
        });
    }

    /** Without this, checks that look nowhere would pass. */
    @Test
    void aBrokenPageWouldBeNoticed() {
        Screen screen = new Screen(browser);
        admin.open("/join");
        browser.see("#paste");
        browser.run("""
                const button = document.createElement('button');
                button.style = 'outline: none; width: 900px';
                document.querySelector('main').append(button);
                """);
        assertThat(screen.nameless()).hasSize(1);
        assertThat(screen.stopsWithoutVisibleFocus()).hasSize(1);
        assertThat(screen.spills(390, "light")).isNotEmpty();
    }

    @Test
    void whoeverPrefersDarkGetsDarkPages() {
        owner.open("/setup");
        browser.prefer("light");
        int light = brightness("backgroundColor");
        browser.prefer("dark");
        assertThat(brightness("backgroundColor")).isLessThan(80).isLessThan(light);
        assertThat(brightness("color")).isGreaterThan(180);
    }

    /** Of the page itself, from 0 to 255. */
    private static int brightness(String property) {
        String script =
                "return Math.max(...getComputedStyle(document.documentElement)[arguments[0]].match(/\\d+/g).slice(0, 3))";
        return ((Number) browser.run(script, property)).intValue();
    }
}
