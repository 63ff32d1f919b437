package dev.latchkey.browser;

import dev.latchkey.harness.TestServer;
import dev.latchkey.harness.World;
import java.nio.file.Path;
import org.openqa.selenium.support.ui.Select;

/** Somebody in front of a browser who uses the pages the way that people do. */
record Visitor(Browser browser, TestServer server) {
    String url(String path) {
        return "http://127.0.0.1:" + server.port() + path;
    }

    void open(String path) {
        browser.open(url(path));
    }

    /** The path and the query that the address bar shows. */
    String path() {
        return browser.address().substring(url("").length());
    }

    void waitForPath(String path) {
        browser.waitUntil(() -> path().equals(path), "for " + path);
    }

    /** Makes the first account and arrives at the library. */
    void setUp(String username, String displayName) {
        open("/setup");
        setUp(username, World.PASSWORD, displayName);
        waitForPath("/");
        browser.see("#account-name");
    }

    /** Fills the setup form in and sends it. */
    void setUp(String username, String password, String displayName) {
        browser.fill("#setup #username", username);
        browser.fill("#setup #password", password);
        browser.fill("#setup #display_name", displayName);
        browser.click("#setup [type=submit]");
    }

    /** Fills the sign-in form in and sends it. */
    void signIn(String username, String password) {
        browser.fill("#login #username", username);
        browser.fill("#login #password", password);
        browser.click("#login [type=submit]");
    }

    /** Types a code into the second step of signing in and sends it. */
    void typeCode(String code) {
        browser.fill("#second-step #code", code);
        browser.click("#second-step [type=submit]");
    }

    void signOut() {
        browser.click("#sign-out");
        waitForPath("/login");
    }

    /** The link of a new invite for this role, as the page for invites shows it; its dialog stays open. */
    String invite(String role) {
        open("/admin/invites");
        browser.click("#make-invite-open");
        new Select(browser.see("#role")).selectByValue(role);
        browser.click("#make-invite [type=submit]");
        return browser.see("#invite-url").getDomProperty("value");
    }

    /** Lets in whoever waits under this name, and nobody else waits. */
    void approve(String displayName) {
        open("/admin/requests");
        browser.click("[aria-label='Approve " + displayName + "']");
        browser.see("#joining .none");
    }

    /** Opens an invite's link and asks to join. */
    void askToJoin(String link, String username, String displayName) {
        browser.open(link);
        join(username, World.PASSWORD, displayName);
        browser.see("#waiting-heading");
    }

    /** Fills the form for a new account in and sends it. */
    void join(String username, String password, String displayName) {
        browser.fill("#join #username", username);
        browser.fill("#join #password", password);
        browser.fill("#join #display_name", displayName);
        browser.click("#join [type=submit]");
    }

    /** Adds files to the library that is open, and waits until each has a tile. */
    void upload(Path... files) {
        browser.see("#choose-files");
        int before = browser.all(".tile").size();
        browser.choose("#files", files);
        browser.see("#uploads-clear");
        browser.waitUntil(
                () -> browser.all(".tile").size() == before + files.length,
                "for new tiles after " + browser.texts(".upload-state"));
    }

    /** Opens the item whose tile shows this name. */
    void view(String name) {
        browser.see(".tile", name).click();
        browser.see("#viewer-name", name);
    }

    /** Changes the item in the viewer. */
    void edit(String title, String description, String tags) {
        browser.click("#viewer-edit");
        browser.fill("#title", title);
        browser.fill("#description", description);
        browser.fill("#tags", tags);
        browser.click("#edit-form [type=submit]");
        browser.waitUntilGone("#edit");
    }
}
