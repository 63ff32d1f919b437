package dev.latchkey.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.TestServer;
import dev.latchkey.harness.World;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

class JoiningTest {
    @RegisterExtension
    static final Browser first = new Browser();

    @RegisterExtension
    static final Browser second = new Browser();

    @AutoClose
    private final TestServer server = TestServer.start();

    private final Visitor admin = new Visitor(first, server);
    private final Visitor mel = new Visitor(second, server);

    @TempDir
    private Path folder;

    @Test
    void anInvitedPersonAsksIsLetInAndUploadsUnderTheirName() throws IOException {
        admin.setUp("ada", "Ada");
        String link = admin.invite("member");
        assertThat(link).startsWith(admin.url("/join#invite=lki_"));
        mel.askToJoin(link, "mel", "Mel Ody");
        assertThat(mel.path()).as("the invite stays out of the address bar").isEqualTo("/join");

        mel.open("/login");
        mel.signIn("mel", World.PASSWORD);
        second.see("#login .problem", "has not been approved yet");

        admin.open("/");
        first.see("#waiting-count", "1");
        first.click("#nav-admin");
        first.see("#joining .row", "Mel Ody");
        admin.approve("Mel Ody");
        first.waitUntilGone("#waiting-count");

        mel.signIn("mel", World.PASSWORD);
        mel.waitForPath("/");
        admin.open("/");
        first.see("#library-empty");
        mel.upload(SampleFiles.text(folder, "recipe.txt"));
        first.see(".tile", "recipe.txt"); // without loading the page again
        admin.view("recipe.txt");
        first.see("#viewer-facts", "by Mel Ody");
        first.click("#viewer-close");
        twoPeopleAgreeOnADeletion();
    }

    private void twoPeopleAgreeOnADeletion() throws IOException {
        admin.upload(SampleFiles.text(folder, "old list.txt"));
        second.see(".tile", "old list.txt");
        mel.view("old list.txt");
        assertThat(second.texts("#viewer-edit, #viewer-delete")).isEmpty();
        second.press(Keys.DELETE);
        second.fill("#reason", "We bought all of it");
        second.click("#ask-form [type=submit]");
        second.see("#viewer-facts .notice");
        second.click("#viewer-close");
        assertThat(first.see(".badge.asked").isDisplayed()).isTrue();
        first.see("#waiting-count", "1");
        first.click("#nav-admin");
        first.see("#deletions-list .row", "We bought all of it");
        first.click("[aria-label='Delete old list.txt']");
        second.waitUntil(() -> second.texts(".tile-name").equals(List.of("recipe.txt")), "for the list to go");
    }

    @Test
    void aGuestLooksAtTheLibraryWithoutButtonsThatWouldBeRefused() throws IOException {
        admin.setUp("ada", "Ada");
        admin.upload(SampleFiles.picture(folder, "lake.png"));
        mel.askToJoin(admin.invite("guest"), "gus", "Gus");
        admin.approve("Gus");

        mel.open("/login");
        mel.signIn("gus", World.PASSWORD);
        mel.waitForPath("/");
        mel.view("lake.png");
        second.see("#viewer-download");
        assertThat(second.texts("#choose-files, #nav-admin, #nav-trash, #viewer-edit, #viewer-delete"))
                .isEmpty();
    }

    @Test
    void anInviteThatNeedsNoApprovalOpensTheLibraryAtOnceAndKeepsWhatWasTypedOnAMistake() {
        try (World world = World.start()) {
            Visitor ann = new Visitor(second, world.server());
            ann.open("/join#invite=" + world.invite("role", "member", "auto_approve", true));
            ann.join("mel", World.PASSWORD, "Ann");
            second.see("#username-error", "taken");
            assertThat(second.see("#join #display_name").getDomProperty("value"))
                    .isEqualTo("Ann");
            ann.join("ann", World.PASSWORD, "Ann");
            ann.waitForPath("/");
            second.see("#account-name", "Ann");
        }
    }

    @Test
    void whereRegistrationIsOpenEverybodyIsOfferedAnAccount() {
        try (World world = World.start(Map.of("registration", "open"))) {
            Visitor ann = new Visitor(second, world.server());
            ann.open("/login");
            second.see("#to-join", "Make an account").click();
            second.see("#join-heading", "Make an account");
            ann.join("ann", World.PASSWORD, "Ann");
            ann.waitForPath("/");
            second.see("#account-name", "Ann");
        }
    }

    @Test
    void whereRegistrationIsClosedNobodyIsAskedForANameInVain() {
        try (TestServer closed = TestServer.start(Map.of("registration", "closed"))) {
            World.setUp(closed);
            Visitor ann = new Visitor(second, closed);
            ann.open("/login");
            second.see("#instance-name");
            second.waitUntilGone("#to-join");
            ann.open("/join#invite=lki_0000");
            second.see("#closed");
        }
    }

    @Test
    void aUsedInviteIsRefusedWithTheWayOut() {
        admin.setUp("ada", "Ada");
        String link = admin.invite("member");
        mel.askToJoin(link, "mel", "Mel");
        second.open("about:blank");
        second.open(link);
        second.fill("#join #username", "eve");
        second.fill("#join #password", World.PASSWORD);
        second.click("#join [type=submit]");
        second.see("#join .problem", "This invite does not work");
        second.click("#other-invite");
        second.see("#paste #invite");
    }
}
