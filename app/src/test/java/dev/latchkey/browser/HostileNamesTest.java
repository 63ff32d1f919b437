package dev.latchkey.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.TestServer;
import dev.latchkey.harness.World;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/** An open alert fails the next command to the browser, and a word of the console fails the test. */
class HostileNamesTest {
    private static final String IMAGE = "<img src=x onerror=alert(1)>";
    private static final String SCRIPT = "\"><script>alert(1)</script>";
    private static final String TAG = "\"><svg onload=alert(1)>";

    @RegisterExtension
    static final Browser first = new Browser();

    @AutoClose
    private final TestServer server = TestServer.start(Map.of("instance_name", IMAGE));

    private final Visitor admin = new Visitor(first, server);

    @TempDir
    private Path folder;

    @BeforeEach
    void setUp() {
        admin.setUp("ada", SCRIPT);
    }

    @Test
    void namesTitlesDescriptionsAndTagsShowAsText() throws IOException {
        assertThat(first.see("#account-name").getText()).isEqualTo(SCRIPT);
        assertThat(first.see("#instance-name").getText()).isEqualTo(IMAGE);
        admin.upload(SampleFiles.picture(folder, IMAGE + ".png"), SampleFiles.text(folder, TAG + ".txt"));
        assertThat(first.texts(".upload-name")).containsExactly(IMAGE + ".png", TAG + ".txt");
        assertThat(first.texts(".tile-name")).containsExactlyInAnyOrder(IMAGE + ".png", TAG + ".txt");

        admin.view(TAG + ".txt");
        admin.edit(SCRIPT, IMAGE, TAG + ", " + IMAGE);
        first.see("#viewer-name", SCRIPT);
        first.see("#viewer-facts .description", IMAGE);
        assertThat(first.texts("#viewer-facts .tags li")).containsExactlyInAnyOrder(TAG, IMAGE);
        assertThat(first.texts("#viewer-facts dd")).contains(TAG + ".txt");
        first.click("#viewer-edit");
        assertThat(first.see("#title").getDomProperty("value")).isEqualTo(SCRIPT);
        first.click("#edit-cancel");
        nothingOfItIsMarkup();
        first.see("#viewer-facts a", SCRIPT).click();
        first.see("#narrowing", SCRIPT);
        admin.open("/?order=newest&tag=" + URLEncoder.encode(TAG, StandardCharsets.UTF_8));
        first.see("#narrowing", TAG);
        assertThat(first.see(".tile-meta").getText()).contains(SCRIPT);
        nothingOfItIsMarkup();
        admin.view(SCRIPT);

        first.click("#viewer-delete");
        first.see(".toast", SCRIPT);
        first.click("#nav-trash");
        first.see("#trash-list .row", SCRIPT)
                .findElement(By.cssSelector(".danger"))
                .click();
        first.see("#confirm-text", SCRIPT);
        nothingOfItIsMarkup();
    }

    @Test
    void addressesCannotBringMarkupOrAnotherSite() {
        admin.open("/join#invite=" + IMAGE);
        first.see("#paste");
        admin.open("/login?next=//example.invalid/" + "&" + "x=%3Cscript%3Ealert(1)%3C/script%3E");
        admin.signIn("ada", World.PASSWORD);
        admin.waitForPath("/");
        admin.signOut();
        admin.open("/login?next=javascript:alert(1)");
        admin.signIn("ada", World.PASSWORD);
        admin.waitForPath("/");
    }

    /** Without this, a console that nobody listens to would pass for a quiet one. */
    @Test
    void markupThatGotInWouldBeNoticed() {
        first.run("document.querySelector('main').insertAdjacentHTML('beforeend', arguments[0])", IMAGE);
        first.waitUntil(
                () -> first.complaints().stream().anyMatch(said -> said.contains("Content Security Policy")),
                "for a complaint about the inline handler");
    }

    private static void nothingOfItIsMarkup() {
        assertThat(first.all("[onerror], [onload], body script, img[src=x]")).isEmpty();
    }
}
