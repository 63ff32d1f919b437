package dev.latchkey.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Sample;
import dev.latchkey.harness.World;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.support.ui.Select;

/** What a member does with several files, some of which are somebody else's. */
class ManyItemsTest {
    @RegisterExtension
    static final Browser browser = new Browser();

    @AutoClose
    private static World world;

    private static Visitor mel;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        world = World.start();
        for (String name : List.of("alpha.txt", "beta.txt", "gamma.txt")) {
            world.upload(world.member(), name, Sample.uniqueText());
        }
        world.upload(world.manager(), "delta.txt", Sample.uniqueText());
        world.http()
                .patch("/api/users/" + world.member().id())
                .as(world.admin())
                .json("quota_bytes", 50_000_000)
                .expect(200);
        mel = new Visitor(browser, world.server());
        mel.open("/login");
        mel.signIn("mel", World.PASSWORD);
        mel.waitForPath("/");
    }

    @BeforeEach
    void openByName() {
        browser.size(1280, 900);
        mel.open("/?order=name");
        browser.see(".tile", "gamma.txt");
    }

    private static void choose(String... names) {
        for (String name : names) {
            browser.run("arguments[0].focus()", browser.see(".tile", name));
            browser.press("x");
        }
        browser.see("#selection", names.length + (names.length == 1 ? " item" : " items"));
    }

    private static void theFocusIsInTheGrid() {
        browser.waitUntil(
                () -> Boolean.TRUE.equals(browser.run("return document.activeElement.matches('.tile')")),
                "for the focus in the grid");
    }

    private static void showsOnly(String... names) {
        browser.waitUntil(() -> browser.texts(".tile-name").equals(List.of(names)), "for " + List.of(names));
    }

    @Test
    void chosenItemsGetATagByWhichTheyAreFound() {
        choose("alpha.txt", "gamma.txt");
        browser.see("#selection-tag").sendKeys(Keys.ENTER);
        browser.press("Lake, summer");
        browser.press(Keys.ENTER);
        browser.waitUntilGone("#tagging");
        browser.waitUntilGone("#selection");
        theFocusIsInTheGrid();

        browser.click("#filter-more");
        browser.see("#filter-tag option", "summer (2)");
        new Select(browser.see("#filter-tag")).selectByValue("summer");
        showsOnly("alpha.txt", "gamma.txt");
        browser.click("[aria-label='Not only Tag: summer']");
        showsOnly("alpha.txt", "beta.txt", "delta.txt", "gamma.txt");
        new Select(browser.see("#filter-person")).selectByVisibleText("mara (1)");
        showsOnly("delta.txt");
        browser.see("#narrowing", "Added by mara");
        new Select(browser.see("#order")).selectByVisibleText("Largest first");
        browser.run("document.querySelector('input[value=audio]').click()");
        browser.see("#library-empty", "Nothing of this kind yet");
        browser.see("#library-empty button", "Show everything").click();
        browser.see(".tile", "alpha.txt");
    }

    @Test
    void ownItemsAreDeletedOthersAskedForAndTheNumbersSayWhich() {
        choose("beta.txt", "delta.txt");
        browser.see("#selection-trash", "Delete 1").click();
        browser.see(".toast", "“beta.txt” is in the trash.");
        showsOnly("alpha.txt", "delta.txt", "gamma.txt");
        browser.see("#selection-close").sendKeys(Keys.ENTER);
        browser.waitUntilGone("#selection");
        theFocusIsInTheGrid();
        browser.see(".toast button", "Undo").click();
        showsOnly("alpha.txt", "beta.txt", "delta.txt", "gamma.txt");

        choose("delta.txt");
        browser.click("#selection-ask");
        browser.fill("#reason", "It is twice here");
        browser.click("#ask-form [type=submit]");
        browser.see(".toast", "A manager will decide about it.");
        browser.see(".badge.asked");
        browser.waitUntilGone("#selection");
    }

    @Test
    void spaceThatIsLimitedShowsHowMuchIsLeft() throws IOException {
        browser.see("#quota", "of your 50 MB used");
        mel.open("/");
        browser.see("#quota");
        long before = used();
        mel.upload(SampleFiles.picture(folder, "tree.png"));
        browser.waitUntil(() -> used() > before, "for the bar to grow");
        mel.view("tree.png");
        browser.doubleClick(browser.see("#viewer-stage img"));
        browser.see("#viewer-stage.zoomed");
        browser.doubleClick(browser.see("#viewer-stage img"));
        browser.waitUntilGone("#viewer-stage.zoomed");
        browser.click("#viewer-delete");
        browser.waitUntilGone("#viewer");
    }

    private static long used() {
        return ((Number) browser.run("return document.querySelector('#quota-bar').value")).longValue();
    }

    @Test
    void filesAreDroppedOnThePage() {
        browser.run("""
                const dataTransfer = new DataTransfer();
                dataTransfer.items.add(new File(['dropped'], 'dropped.txt', { type: 'text/plain' }));
                const drag = (type) => document.body.dispatchEvent(
                  new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
                drag('dragenter');
                window.drop = () => drag('drop');""");
        browser.see("#drop", "Drop to add to the library");
        browser.run("drop()");
        browser.waitUntilGone("#drop");
        browser.see(".tile", "dropped.txt");
        mel.view("dropped.txt");
        browser.click("#viewer-delete");
        browser.waitUntilGone("#viewer");
    }

    @Test
    void aPhoneOffersItsCamera() throws IOException {
        browser.phone(true);
        try {
            mel.open("/");
            browser.see("#choose-camera");
            assertThat(browser.all("#choose-folder")).isEmpty();
            assertThat(browser.run("return document.querySelector('#camera').getAttribute('capture')"))
                    .isEqualTo("environment");
            browser.choose("#camera", SampleFiles.picture(folder, "snapshot.png"));
            browser.see(".upload-state", "Stored");
        } finally {
            browser.phone(false);
        }
        world.http().get("/api/media?q=snapshot").as(world.member()).expect(200);
        mel.open("/");
        mel.view("snapshot.png");
        browser.click("#viewer-delete");
        browser.waitUntilGone("#viewer");
    }

    /** Two seconds of silence behind a tag that holds a picture. */
    @Test
    void aSongPlaysBelowItsCover() {
        browser.run("""
                const big = (value) => [24, 16, 8, 0].map((shift) => (value >> shift) & 255);
                const sync = (value) => [21, 14, 7, 0].map((shift) => (value >> shift) & 127);
                const canvas = Object.assign(document.createElement('canvas'), { width: 300, height: 300 });
                canvas.getContext('2d').fillRect(20, 20, 100, 100);
                return new Promise((done) => canvas.toBlob(done, 'image/jpeg')).then((blob) => blob.arrayBuffer()).then((jpeg) => {
                  const text = (words) => [...words].map((letter) => letter.charCodeAt(0));
                  const picture = [0, ...text('image/jpeg'), 0, 3, 0, ...new Uint8Array(jpeg)];
                  const frame = [...text('APIC'), ...big(picture.length), 0, 0, ...picture];
                  const silence = Array.from({ length: 76 }, () => [0xff, 0xfb, 0x10, 0x00, ...new Array(100).fill(0)]).flat();
                  const song = new Uint8Array([...text('ID3'), 3, 0, 0, ...sync(frame.length), ...frame, ...silence]);
                  return fetch('/api/media/raw?filename=song.mp3', { method: 'PUT', body: song });
                }).then((answer) => answer.status);""");
        browser.waitUntil(
                () -> browser.all("img[src]").stream()
                        .anyMatch(image -> image.getDomAttribute("src").contains("thumbnail")),
                "for the cover");
        mel.view("song.mp3");
        browser.waitUntil(
                () -> Boolean.TRUE.equals(
                        browser.run("return document.querySelector('.sound img')?.naturalWidth === 300")),
                "for the cover in the viewer");
        browser.run("document.querySelector('.sound audio').play()");
        browser.waitUntil(
                () -> Boolean.TRUE.equals(
                        browser.run("return document.querySelector('.sound audio').currentTime > 0.1")),
                "for the song to play");
        browser.click("#viewer-delete");
        browser.waitUntilGone("#viewer");
    }

    @Test
    void theSwitchChangesTheColoursAndSaysSo() {
        browser.prefer("light");
        String ground = "return getComputedStyle(document.documentElement).backgroundColor";
        Object light = browser.run(ground);
        browser.click("[aria-label='Colours: as the system']");
        browser.click("[aria-label='Colours: light']");
        browser.see("[aria-label='Colours: dark']");
        assertThat(browser.run(ground)).isNotEqualTo(light);
        browser.click("[aria-label='Colours: dark']");
        assertThat(browser.run(ground)).isEqualTo(light);
    }
}
