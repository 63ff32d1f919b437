package dev.latchkey.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Cable;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Large files whose way is cut: they go on where they stopped, by themselves, by hand, and after the page was closed. */
class InterruptedUploadTest {
    private static final int SIZE = 9 << 20;

    @RegisterExtension
    static final Browser browser = new Browser();

    @AutoClose
    private final TestServer server = TestServer.start();

    @AutoClose
    private final Cable cable = new Cable(server.port());

    private final byte[] film = new byte[SIZE];

    @TempDir
    private Path folder;

    @Test
    void anUploadGoesOnByItselfWhenTheConnectionIsBack() throws IOException, NoSuchAlgorithmException {
        loseAnUploadHalfWay();
        browser.see(".upload-state", "It goes on by itself.");

        cable.mend();
        browser.see(".upload-state", "Stored");
        assertThat(server.http().get("/api/media/1").expect(200).textAt("/sha256"))
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(film)));
        assertThat(browser.run("return Object.keys(localStorage).length")).isEqualTo(0L);
        forgiveTheLostConnection();
    }

    @Test
    void aPausedUploadWaitsForWhoeverPausedIt() throws IOException {
        loseAnUploadHalfWay();
        browser.click("#uploads-pause");
        browser.see(".upload.paused");

        cable.mend();
        browser.see("#uploads-pause", "Resume").click();
        browser.see(".upload-state", "Stored");
        forgiveTheLostConnection();
    }

    @Test
    void theSameFileChosenAgainInANewPageGoesOn() throws IOException {
        Path file = loseAnUploadHalfWay();
        browser.click("#uploads-pause");
        browser.see(".upload.paused");

        cable.mend();
        browser.open("about:blank");
        open();
        browser.choose("#files", file);
        browser.see(".upload-state", "Stored");
        assertThat(look().header("Latchkey-Media-Id"))
                .as("what came of the upload that was begun before the page was closed")
                .isEqualTo("1");
        forgiveTheLostConnection();
    }

    private void open() {
        browser.open("http://127.0.0.1:" + cable.port() + "/");
        browser.see("#choose-files");
    }

    private Path loseAnUploadHalfWay() throws IOException {
        new Random(SIZE).nextBytes(film);
        Path file = Files.write(folder.resolve("film.mp4"), film);
        open();
        cable.breakAfter(SIZE / 2);
        browser.choose("#files", file);
        browser.see(".upload.stalled");
        assertThat(cable.isBroken()).isTrue();
        browser.waitUntil(() -> arrived() > 0, "for what came to be kept");
        assertThat(arrived()).isLessThan(SIZE);
        return file;
    }

    private long arrived() {
        Reply reply = look();
        return reply.status() == 200 ? Long.parseLong(reply.header("Upload-Offset")) : 0;
    }

    private Reply look() {
        return server.http()
                .head("/api/uploads/1")
                .header("Tus-Resumable", "1.0.0")
                .send();
    }

    private static void forgiveTheLostConnection() {
        assertThat(browser.complaints()).allMatch(said -> said.contains("net::ERR_"));
    }
}
