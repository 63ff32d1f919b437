package dev.latchkey.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

class LocalLibraryTest {
    @RegisterExtension
    static final Browser browser = new Browser();

    @AutoClose
    private final TestServer server = TestServer.start();

    private final Visitor owner = new Visitor(browser, server);

    @TempDir
    private Path folder;

    private Path picture;
    private Path text;

    @BeforeEach
    void uploadAPictureAndAText() throws IOException {
        picture = SampleFiles.picture(folder, "meadow.png");
        text = SampleFiles.text(folder, "shopping list.txt");
        browser.size(1280, 900);
        owner.open("/");
        owner.upload(text);
        owner.upload(picture);
    }

    @Test
    void uploadedFilesAppearWithNameAndSize() throws IOException {
        assertThat(browser.texts(".tile-name")).containsExactly("meadow.png", "shopping list.txt");
        assertThat(browser.texts(".upload-state")).containsExactly("Stored", "Stored");
        owner.open("/?order=newest");
        browser.see(".tile-meta");
        assertThat(browser.texts(".tile-meta"))
                .satisfiesExactly(
                        meta -> assertThat(meta).contains(Files.size(picture) + " bytes"),
                        meta -> assertThat(meta).contains(Files.size(text) + " bytes"));
    }

    private void waitForTheWholePicture(String css) {
        String width = "return document.querySelector(arguments[0])?.naturalWidth";
        browser.waitUntil(() -> Long.valueOf(40).equals(browser.run(width, css)), "for the picture's 40 pixels");
    }

    /** The browser makes the film itself: it is the one program here that certainly plays it. */
    @Test
    void filmsAndSoundsPlayInTheViewer() {
        browser.run("""
                const canvas = document.createElement('canvas');
                const drawing = setInterval(() => canvas.getContext('2d').fillRect(0, 0, Math.random() * 300, 150), 20);
                const recorder = new MediaRecorder(canvas.captureStream(30), { mimeType: 'video/webm' });
                const parts = [];
                recorder.ondataavailable = ({ data }) => parts.push(data);
                const stopped = new Promise((done) => (recorder.onstop = done));
                recorder.start();
                setTimeout(() => recorder.stop(), 600);
                return stopped.then(() => {
                  clearInterval(drawing);
                  return fetch('/api/media/raw?filename=film.webm', { method: 'PUT', body: new Blob(parts) });
                }).then((response) => response.status);""");
        browser.run("""
                const wav = new DataView(new ArrayBuffer(8044));
                [...'RIFF....WAVEfmt '].forEach((letter, i) => wav.setUint8(i, letter.charCodeAt(0)));
                wav.setUint32(4, 8036, true);
                [[16, 16, 4], [20, 1, 2], [22, 1, 2], [24, 8000, 4], [28, 8000, 4], [32, 1, 2], [34, 8, 2], [40, 8000, 4]]
                  .forEach(([at, value, size]) => size === 4 ? wav.setUint32(at, value, true) : wav.setUint16(at, value, true));
                [...'data'].forEach((letter, i) => wav.setUint8(36 + i, letter.charCodeAt(0)));
                return fetch('/api/media/raw?filename=sound.wav', { method: 'PUT', body: wav.buffer }).then((answer) => answer.status);""");
        owner.open("/");
        owner.view("film.webm");
        plays("video");
        browser.press(Keys.ESCAPE);
        owner.view("sound.wav");
        plays("audio");
        browser.narrow(390);
        assertThat(browser.run("""
                const { right, top, height } = document.querySelector('#viewer-stage audio').getBoundingClientRect();
                return document.elementFromPoint(right - 20, top + height / 2).localName;""")).as("what lies on the end of the player").isEqualTo("audio");
    }

    @Test
    void aTextIsReadInTheViewer() {
        owner.view("shopping list.txt");
        browser.see(".text-page", "A note called shopping list.txt");
        assertThat(browser.all("#viewer .stage-typed")).isEmpty();
    }

    private static void plays(String element) {
        browser.see("#viewer-stage " + element);
        browser.run(
                "const player = document.querySelector('#viewer-stage ' + arguments[0]); player.muted = true; player.play()",
                element);
        browser.waitUntil(
                () -> Boolean.TRUE.equals(browser.run(
                        "return document.querySelector('#viewer-stage ' + arguments[0]).currentTime > 0.1", element)),
                "for the " + element + " to play");
    }

    @Test
    void foldersAndTheClipboardAreWaysInToo() throws IOException {
        Path holiday = Files.createDirectory(folder.resolve("holiday"));
        SampleFiles.text(holiday, "diary.txt");
        SampleFiles.text(holiday, ".DS_Store");
        browser.choose("#folder", holiday);
        browser.see(".tile", "diary.txt");

        browser.run("""
                const clipboardData = new DataTransfer();
                clipboardData.items.add(new File(['a picture'], 'image.png', { type: 'image/png' }));
                document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));""");
        browser.see(".tile", "Pasted");
        assertThat(browser.texts(".upload-name")).noneMatch(name -> name.contains("DS_Store"));
    }

    @Test
    void theSameFileAgainIsSaidToBeHereAlready() {
        browser.choose("#files", picture);
        browser.see(".upload-state", "Here already");
        assertThat(browser.texts(".tile-name")).hasSize(2);
    }

    @Test
    void anUploadThatOvertakesTheListIsInTheNextOne() throws IOException {
        browser.run("""
                const send = window.fetch;
                window.fetch = async (url, options) => {
                  const answer = await send(url, options);
                  if (String(url).includes('/api/media?')) await new Promise((later) => (window.letTheListIn = later));
                  return answer;
                };
                """);
        browser.click("#nav-trash");
        browser.click("#nav-library");
        browser.waitUntil(() -> (boolean) browser.run("return 'letTheListIn' in window"), "for a list under way");
        browser.choose("#files", SampleFiles.text(folder, "swift.txt"));
        browser.see(".upload-state", "Stored"); // the trash made the list of uploads forget the first two
        browser.run("const letIn = letTheListIn; delete window.letTheListIn; letIn()");
        browser.waitUntil(() -> (boolean) browser.run("return 'letTheListIn' in window"), "for the next list");
        browser.run("letTheListIn()");
        browser.see(".tile", "swift.txt");
        assertThat(browser.texts(".tile-name")).containsExactly("swift.txt", "meadow.png", "shopping list.txt");
    }

    @Test
    void searchFindsTheOneThatIsMeant() {
        browser.fill("#q", "shop");
        browser.waitUntil(() -> browser.all(".tile").size() == 1, "for one tile");
        assertThat(browser.texts(".tile-name")).containsExactly("shopping list.txt");
        browser.fill("#q", "nothing like it");
        browser.see("#library-empty");
    }

    @Test
    void whatIsDeletedComesBackByUndo() {
        owner.view("meadow.png");
        browser.click("#viewer-delete");
        browser.waitUntilGone("#viewer");
        assertThat(browser.texts(".tile-name")).containsExactly("shopping list.txt");
        browser.see(".toast button", "Undo").click();
        browser.see(".tile", "meadow.png");
        assertThat(browser.texts(".tile-name")).containsExactly("meadow.png", "shopping list.txt");
    }

    @Test
    void whatIsDeletedWaitsInTheTrashUntilItIsRestoredOrGoneForGood() {
        browser.see(".tile img"); // the trash does not watch for small pictures that are still being made
        browser.see(".tile img");
        for (String name : new String[] {"meadow.png", "shopping list.txt"}) {
            owner.view(name);
            browser.click("#viewer-delete");
            browser.waitUntilGone("#viewer");
        }
        browser.click("#nav-trash");
        browser.see("#trash-list .row", "shopping list.txt");
        browser.waitUntil(
                () -> Boolean.TRUE.equals(
                        browser.run("return document.querySelector('#trash-list img')?.naturalWidth === 40")),
                "for the small picture of what was deleted");
        browser.click("[aria-label='Restore shopping list.txt']");
        browser.click("[aria-label='Delete for good: meadow.png']");
        browser.click("#confirm-yes");
        browser.see("#trash-empty");
        browser.click("#nav-library");
        browser.see(".tile", "shopping list.txt");
        assertThat(browser.texts(".tile-name")).containsExactly("shopping list.txt");
    }

    @Test
    void nothingCoversTheButtonsOfTheTrashOnASmallScreen() throws IOException {
        browser.size(800, 600);
        for (int i = 1; i <= 5; i++) {
            owner.upload(SampleFiles.text(folder, "old list " + i + ".txt"));
        }
        for (int id = 3; id <= 7; id++) {
            server.http().delete("/api/media/" + id).expect(204);
        }
        browser.click("#nav-trash");
        for (int i = 1; i <= 5; i++) {
            browser.click("[aria-label='Restore old list " + i + ".txt']"); // a covered button fails the click
        }
        browser.see("#trash-empty");
    }

    @Test
    void aTitleTakesThePlaceOfTheFileNameAndStays() {
        owner.view("meadow.png");
        owner.edit("The meadow in May", "Behind the house", "garden, may");
        browser.see("#viewer-name", "The meadow in May");
        assertThat(browser.texts("#viewer-facts .tags li")).containsExactly("garden", "may");
        browser.click("#viewer-close");
        owner.open("/");
        browser.see(".tile", "The meadow in May");
    }

    @Test
    void theViewerWorksByKeyboardAlone() {
        tabTo(".tile");
        browser.press(Keys.ENTER);
        browser.see("#viewer-name", "meadow.png");
        waitForTheWholePicture("#viewer-stage img");
        browser.press(Keys.ARROW_RIGHT);
        browser.see("#viewer-name", "shopping list.txt");
        browser.press(Keys.ARROW_LEFT);
        browser.see("#viewer-name", "meadow.png");
        browser.press(Keys.ARROW_RIGHT);
        browser.press(Keys.ESCAPE);
        browser.waitUntilGone("#viewer");
        browser.waitUntil(
                () -> browser.focused().getText().contains("shopping list.txt"), "for the focus on what was seen last");
    }

    /** Presses Tab from the top of the page until something that matches has the focus. */
    private void tabTo(String css) {
        owner.open("/");
        browser.see(css);
        for (int presses = 0; presses < 30 && !hasFocus(css); presses++) {
            browser.press(Keys.TAB);
        }
        assertThat(hasFocus(css)).as("Tab reaches " + css).isTrue();
    }

    private boolean hasFocus(String css) {
        return Boolean.TRUE.equals(browser.run("return document.activeElement.matches(arguments[0])", css));
    }
}
