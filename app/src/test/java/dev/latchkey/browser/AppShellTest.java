package dev.latchkey.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The pages as an installed app: what they keep, what other apps share with them, and what is left without a server. */
class AppShellTest {
    @RegisterExtension
    static final Browser browser = new Browser();

    @TempDir
    private Path folder;

    @Test
    void anInstalledAppTakesSharedFilesAndKeepsNothingPrivateForWhenItIsOffline() throws IOException {
        try (TestServer server = TestServer.start()) {
            Visitor owner = new Visitor(browser, server);
            owner.open("/");
            owner.upload(SampleFiles.picture(folder, "meadow.png"));
            browser.waitUntil(() -> Boolean.TRUE.equals(browser.run("""
                    return navigator.serviceWorker.controller?.state === 'activated'""")), "for the service worker");

            assertThat(browser.obstaclesToInstalling()).isEmpty();
            assertThat(
                            browser.run(
                                    "return fetch('/manifest.webmanifest').then((answer) => answer.json())"
                                            + ".then(({ display, share_target: share }) => `${display} ${share.method} ${share.action}`)"))
                    .isEqualTo("standalone POST /share");

            browser.run("""
                    const files = new DataTransfer();
                    files.items.add(new File(['a recipe'], 'shared.txt', { type: 'text/plain' }));
                    const form = document.createElement('form');
                    Object.assign(form, { action: '/share', method: 'post', enctype: 'multipart/form-data' });
                    const input = Object.assign(document.createElement('input'), { type: 'file', name: 'files' });
                    input.files = files.files;
                    form.append(input);
                    document.body.append(form);
                    form.submit();""");
            browser.see(".upload-state", "Stored");
            browser.see(".tile", "shared.txt");
            assertThat(browser.address()).isEqualTo(owner.url("/"));
        }
        assertThat(kept())
                .contains("/offline", "/assets/latchkey.css", "/assets/library-page.js", "/assets/api.js")
                .allMatch(path -> path.startsWith("/assets/") || path.equals("/offline"));

        browser.run("location.reload()");
        browser.see("h1", "The library is out of reach");
        browser.see("#again");
        assertThat(browser.complaints())
                .allMatch(said -> said.contains("ERR_CONNECTION_REFUSED") || said.contains("Failed to fetch"));
    }

    private static List<String> kept() {
        Object found = browser.run("""
                return caches.open('shell').then(async (cache) =>
                    (await cache.keys()).map((request) => new URL(request.url).pathname))""");
        return ((List<?>) found).stream().map(String::valueOf).toList();
    }
}
