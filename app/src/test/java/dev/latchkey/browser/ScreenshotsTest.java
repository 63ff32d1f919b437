package dev.latchkey.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.harness.Await;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Takes the README's pictures, into {@code target/screenshots}; to renew those of the README, copy them to {@code docs}. */
class ScreenshotsTest {
    private static final Path FOLDER = Path.of("target", "screenshots");
    private static final List<String> NAMES = List.of(
            "Over the pass",
            "Early",
            "The long way home",
            "Sunday",
            "Where we swam",
            "From the tent",
            "Lake",
            "Evening");

    /** When each was taken: some days have many pictures, and most have few. */
    private static final List<Integer> DAYS_AGO =
            List.of(41, 41, 41, 41, 34, 34, 27, 27, 27, 20, 20, 12, 5, 5, 5, 1, 1, 0);

    @RegisterExtension
    static final Browser browser = new Browser();

    @AutoClose
    private final World world = World.start(Map.of("instance_name", "The Lovelaces"));

    private final Visitor admin = new Visitor(browser, world.server());

    @Test
    void thePicturesOfTheReadmeShowTheLibraryAsItIs() throws IOException {
        Files.createDirectories(FOLDER);
        Person ada = world.admin();
        for (int i = 0; i < DAYS_AGO.size(); i++) {
            upload(ada, i);
        }
        awaitThumbnails(ada);
        for (int i = 0; i < DAYS_AGO.size(); i++) {
            date(i);
        }
        browser.size(1280, 800);
        admin.open("/login");
        admin.signIn(ada.username(), World.PASSWORD);
        admin.waitForPath("/");
        showAllPictures();
        take("library.png");

        browser.click(".tile");
        browser.waitUntil(
                () -> Boolean.TRUE.equals(browser.run("return document.querySelector('#viewer-stage img')?.complete")),
                "for the large picture");
        take("viewer.png");

        admin.open("/admin/people");
        browser.see("table, .row");
        take("people.png");

        browser.size(390, 780);
        browser.prefer("dark");
        admin.open("/");
        showAllPictures();
        take("library-phone.png");
        browser.prefer("light");
    }

    private void upload(Person person, int number) throws IOException {
        world.http()
                .put("/api/media/raw?filename=" + name(number).replace(" ", "%20"))
                .as(person)
                .body(Landscape.jpeg(number))
                .expect(201);
    }

    private void awaitThumbnails(Person person) {
        Await.until("all thumbnails", () -> {
            JsonNode items =
                    world.http().get("/api/media").as(person).expect(200).at("/items");
            return items.findValues("thumbnail_url").stream().noneMatch(JsonNode::isNull);
        });
    }

    private void date(int number) {
        world.server()
                .tamper("UPDATE media SET timeline_at = uploaded_at - " + DAYS_AGO.get(number)
                        + " * 86400000 WHERE filename = '" + name(number) + "'");
    }

    private static String name(int number) {
        return NAMES.get(number % NAMES.size()) + " " + (number / NAMES.size() + 1) + ".jpg";
    }

    private static void showAllPictures() {
        browser.see(".tile img");
        browser.waitUntil(
                () -> Boolean.TRUE.equals(browser.run(
                        "return [...document.querySelectorAll('.tile img')].every((image) => image.complete)")),
                "for the pictures");
    }

    private static void take(String name) throws IOException {
        Path file = FOLDER.resolve(name);
        Files.write(file, browser.screenshot());
        assertThat(Files.size(file)).as(name).isGreaterThan(10_000);
    }
}
