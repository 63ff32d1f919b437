package dev.latchkey.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.TestServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** A library of six hundred items over two hundred days, in the browser's time zone. */
class TimelineTest {
    /** Item 1 is the newest; three at noon of every day, back from the last day of June 2020. */
    private static final String SEED = """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 600)
            INSERT INTO media (id, sha256, filename, name_key, kind, content_type, size_bytes, uploaded_at, taken_at,
                               timeline_at, extraction, duration_ms)
            SELECT i, printf('%064x', i), printf('item %03d.bin', i), printf('item %03d.bin', i),
                   CASE WHEN i % 50 = 0 THEN 'video' ELSE 'other' END, 'application/octet-stream', i, i,
                   1593518400000 - (i - 1) / 3 * 86400000 - i, 1593518400000 - (i - 1) / 3 * 86400000 - i, 'done',
                   CASE WHEN i % 50 = 0 THEN 61000 END
            FROM n
            """;

    @RegisterExtension
    static final Browser browser = new Browser();

    @AutoClose
    private static final TestServer server = TestServer.start();

    private static final Visitor owner = new Visitor(browser, server);

    @BeforeAll
    static void seed() {
        server.tamper(SEED);
    }

    @BeforeEach
    void open() {
        browser.size(1280, 900);
        owner.open("/");
        browser.see(".tile", "item 001.bin");
    }

    @Test
    void everyDayIsInReachWhileOnlyWhatIsSeenIsLoadedAndDrawn() {
        assertThat(browser.texts(".day h2")).startsWith("Tue, Jun 30, 2020", "Mon, Jun 29, 2020");
        assertThat(number("return document.querySelectorAll('.tile').length")).isLessThan(80);
        assertThat(requested()).isLessThan(3);

        browser.run("scrollTo(0, document.documentElement.scrollHeight)");
        browser.see(".tile", "item 600.bin");
        assertThat(browser.texts(".tile-name")).doesNotContain("item 001.bin", "item 300.bin");
        assertThat(number("return document.querySelectorAll('.tile').length")).isLessThan(80);
        assertThat(requested()).as("days in between are not loaded").isLessThan(5);

        browser.run("const month = document.querySelector('#month'); month.value = '2020-03';"
                + "month.dispatchEvent(new Event('change', { bubbles: true }))");
        browser.see(".day h2", "Mar 31, 2020");
        browser.see(".tile", "item 274.bin");
    }

    /** All that the window needs before its pictures, for ten thousand items on three thousand days. */
    @Test
    void theFirstViewOfALargeLibraryIsSmall() {
        try (TestServer large = TestServer.start()) {
            large.tamper(SEED.replace("i < 600", "i < 10000"));
            new Visitor(browser, large).open("/");
            browser.see(".tile", "item 001.bin");
            assertThat(number("""
                    return performance.getEntries().filter((each) => each.initiatorType !== 'img')
                      .reduce((sum, each) => sum + (each.transferSize ?? 0), 0)""")).isBetween(20_000L, 200_000L);
            browser.open("about:blank");
        }
    }

    private static long requested() {
        return number(
                "return performance.getEntriesByType('resource').filter((e) => e.name.includes('/api/media?')).length");
    }

    private static long number(String script) {
        return ((Number) browser.run(script)).longValue();
    }

    @Test
    void theGridIsOneStopAndItsKeysMoveChooseAndOpen() {
        browser.run("document.querySelector('.tile').focus()");
        browser.press(Keys.ARROW_DOWN); // two days of three share a row of seven
        focusIsOn("item 007.bin");
        browser.press(Keys.ARROW_RIGHT);
        browser.press(Keys.ARROW_UP);
        focusIsOn("item 002.bin");
        browser.press(Keys.END);
        focusIsOn("item 600.bin");
        browser.press(Keys.HOME);
        focusIsOn("item 001.bin");
        assertThat(browser.all(".tile[tabindex='0']")).hasSize(1);

        browser.press("x");
        browser.run("document.activeElement.dispatchEvent(new KeyboardEvent('keydown',"
                + " { key: 'ArrowDown', shiftKey: true, bubbles: true, cancelable: true }))");
        browser.see("#selection", "7 items selected");
        browser.press(Keys.SPACE);
        browser.see("#selection", "6 items selected");
        browser.press(Keys.ESCAPE);
        browser.waitUntilGone("#selection");

        browser.press(Keys.ENTER);
        browser.see("#viewer-name", "item 007.bin");
        browser.press(Keys.ARROW_LEFT);
        browser.see("#viewer-name", "item 006.bin");
        assertThat(owner.path()).isEqualTo("/#media=6");
        browser.press("i");
        browser.waitUntilGone("#viewer-facts");
        browser.run("history.back()");
        browser.waitUntilGone("#viewer");
        focusIsOn("item 006.bin");
    }

    @Test
    void aFingerChoosesByALongPressGoesOnByTapsAndTurnsPagesBySwipes() {
        browser.touch(browser.see(".tile", "item 001.bin"));
        browser.see("#selection", "1 item selected");
        browser.lift();
        tap("item 002.bin");
        browser.see("#selection", "2 items selected");
        browser.click("#selection-close");
        browser.waitUntilGone("#selection");

        tap("item 002.bin");
        browser.see("#viewer-name", "item 002.bin");
        swipe(-200);
        browser.see("#viewer-name", "item 003.bin");
        swipe(200);
        browser.see("#viewer-name", "item 002.bin");
    }

    private static void tap(String name) {
        browser.touch(browser.see(".tile", name));
        browser.lift();
    }

    private static void swipe(int across) {
        WebElement stage = browser.see("#viewer-stage");
        browser.touch(stage);
        browser.draw(stage, across);
        browser.lift();
    }

    private static void focusIsOn(String name) {
        browser.waitUntil(() -> browser.focused().getText().contains(name), "for the focus on " + name);
    }

    @Test
    void whatIsLookedForStandsInTheAddress() {
        browser.run("document.querySelector('input[value=video]').click()");
        browser.see(".tile .badge", "1:01");
        owner.waitForPath("/?kind=video");
        browser.see("#library-status", "12 items");
        browser.fill("#q", "600");
        browser.waitUntil(() -> owner.path().equals("/?q=600&kind=video"), "for the search in the address");
        browser.see("#library-empty"); // what was put into the table by hand is not in the index of the search
        browser.run("history.back()");
        owner.waitForPath("/?kind=video");
        browser.see(".tile", "item 050.bin");
        assertThat(browser.see("#q").getDomProperty("value")).isEmpty();
        browser.run("location.reload()");
        browser.see("#library-status", "12 items");
        assertThat(browser.texts(".tile-name").get(0)).isEqualTo("item 050.bin");
    }

    @Test
    void aLinkToAnItemOpensItAmongItsNeighbours() {
        owner.open("/?order=taken#media=301");
        browser.see("#viewer-name", "item 301.bin");
        browser.click("#viewer-next");
        browser.see("#viewer-name", "item 302.bin");
        browser.press(Keys.ESCAPE);
        focusIsOn("item 302.bin");
    }
}
