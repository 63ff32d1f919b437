package dev.latchkey.security;

import static dev.latchkey.harness.Scenario.when;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Call;
import dev.latchkey.harness.Http;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.Scenario;
import dev.latchkey.harness.TestServer;
import dev.latchkey.harness.World;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesTest {
    private World world;
    private TestServer local;
    private String cookie;

    @BeforeAll
    void start() {
        world = World.start();
        local = TestServer.start(Map.of("trusted_proxies", "127.0.0.1"));
        cookie = world.http()
                .post("/api/auth/login")
                .json("username", "gus", "password", World.PASSWORD, "cookie", true)
                .expect(200)
                .cookie();
    }

    @AfterAll
    void stop() {
        world.close();
        local.close();
    }

    private static Call browse(Http http, String path) {
        return http.get(path).header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
    }

    @TestFactory
    Stream<DynamicTest> everyPageCarriesItsProtection() {
        return Stream.of(
                        "/",
                        "/setup",
                        "/login",
                        "/join",
                        "/device",
                        "/profile",
                        "/reset-password",
                        "/verify-email",
                        "/install",
                        "/offline",
                        "/admin/people",
                        "/service-worker.js",
                        "/assets/api.js",
                        "/api/docs",
                        "/no-such-page")
                .map(path -> when(path, browse(world.http(), path).cookie(cookie))
                        .and(PagesTest::checkProtected)
                        .test());
    }

    private static void checkProtected(Reply reply) {
        String policy = reply.header("Content-Security-Policy");
        assertThat(policy).as(reply::toString).isNotEmpty();
        assertThat(policy).doesNotContain("unsafe-inline", "unsafe-eval");
        assertThat(policy).contains("frame-ancestors 'none'").contains("default-src");
        assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(reply.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(reply.header("Server")).isEmpty();
        assertThat(reply.header("X-Powered-By")).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> pagesThatOneTimeLinksLeadToAreNotStored() {
        return Stream.of("/join", "/reset-password", "/verify-email")
                .map(path -> when(path, browse(world.http(), path))
                        .status(200)
                        .header("Cache-Control", "no-store")
                        .test());
    }

    @TestFactory
    Stream<DynamicTest> answersOfTheApiAreNotSniffedAndNotStored() {
        return Stream.of("/api/auth/me", "/api/media", "/api/auth/sessions", "/api/nothing", "/api/instance")
                .map(path -> when(path, world.http().get(path).as(world.member()))
                        .header("X-Content-Type-Options", "nosniff")
                        .header("Server", "")
                        .and(reply -> {
                            if (!path.endsWith("instance")) {
                                assertThat(reply.header("Cache-Control"))
                                        .as(reply::toString)
                                        .contains("no-store");
                            }
                        })
                        .test());
    }

    @Test
    void pagesLoadNothingThatIsInlineOrFromElsewhere() {
        Pattern inline = Pattern.compile(
                "<script(?![^>]*\\bsrc=)|<style|\\sstyle=|\\son[a-z]+=|javascript:", Pattern.CASE_INSENSITIVE);
        Pattern links = Pattern.compile("(?:src|href)=\"([^\"#]+)");
        for (String path : List.of(
                "/",
                "/profile",
                "/device",
                "/admin/people",
                "/setup",
                "/login",
                "/join",
                "/reset-password",
                "/verify-email",
                "/install",
                "/offline",
                "/api/docs")) {
            Reply page = browse(path.equals("/setup") ? local.http() : world.http(), path)
                    .as(world.admin())
                    .expect(200);
            assertThat(inline.matcher(page.text()).find()).as(page.toString()).isFalse();
            Matcher link = links.matcher(page.text());
            while (link.find()) {
                String target = link.group(1);
                assertThat(target).doesNotStartWith("http").doesNotStartWith("//");
                String address = target.startsWith("/") ? target : "/" + target;
                assertThat(browse(world.http(), address).cookie(cookie).send().status())
                        .as(path + " links to " + target)
                        .isIn(200, 302);
            }
        }
    }

    @TestFactory
    List<DynamicTest> browsersAreSentToSignInAndProgramsAreTold() {
        Http http = world.http();
        return Scenario.table(
                when("the library", browse(http, "/"))
                        .status(302)
                        .and(reply -> assertThat(reply.header("Location")).isEqualTo("/login?next=%2F")),
                when("one's own page", browse(http, "/profile"))
                        .status(302)
                        .and(reply -> assertThat(reply.header("Location")).isEqualTo("/login?next=%2Fprofile")),
                when("a page of admins with a query", browse(http, "/admin/people?q=mel"))
                        .status(302)
                        .and(reply -> assertThat(reply.header("Location"))
                                .isEqualTo("/login?next=%2Fadmin%2Fpeople%3Fq%3Dmel")),
                when(
                                "a page that one may not see",
                                browse(http, "/admin/people").cookie(cookie))
                        .status(403)
                        .and(reply -> assertThat(reply.header("Content-Type")).startsWith("text/html")),
                when("the library for a program", http.get("/")).status(302, 401),
                when("the API for a browser", browse(http, "/api/media"))
                        .status(401)
                        .header("Location", ""),
                when("signed in", browse(http, "/").cookie(cookie)).status(200),
                when("with a dead session", browse(http, "/").cookie(cookie + "x"))
                        .status(302),
                when("sign-in page", browse(http, "/login")).status(200),
                when("joining page", browse(http, "/join")).status(200));
    }

    @TestFactory
    List<DynamicTest> beforeSetupEverybodyElseIsSentThere() {
        Http lan = local.http().from("192.168.1.20");
        return Scenario.table(
                when("the library", browse(lan, "/"))
                        .status(302)
                        .and(reply -> assertThat(reply.header("Location")).isEqualTo("/setup")),
                when("the setup page", browse(lan, "/setup")).status(200),
                when("the API", browse(lan, "/api/media")).problem(403, "setup_required"));
    }

    @TestFactory
    Stream<DynamicTest> aRedirectStaysOnThisSiteWhateverThePathSays() {
        return Stream.of(
                        "//evil.com",
                        "/%2Fevil.com",
                        "/\\evil.com",
                        "/?next=//evil.com",
                        "/..//evil.com",
                        "/%0d%0aX-Evil:%201")
                .map(path -> DynamicTest.dynamicTest(path, () -> {
                    try (var raw = world.server().raw()) {
                        Reply reply = raw.exchange("GET " + path + " HTTP/1.1", "Host: localhost", "Accept: text/html");
                        assertThat(reply.status()).isLessThan(500);
                        assertThat(reply.header("X-Evil")).isEmpty();
                        String location = reply.header("Location");
                        if (!location.isEmpty()) {
                            assertThat(location).matches("/[^/\\\\].*|/");
                            assertThat(location).matches("[\\x21-\\x7e]*");
                        }
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> nothingOutsideTheAssetsIsServed() {
        return Stream.of(
                        "/assets/../latchkey.db",
                        "/assets/..%2flatchkey.db",
                        "/assets/%2e%2e/%2e%2e/etc/passwd",
                        "/assets/..;/x",
                        "/assets/%252e%252e/x",
                        "/assets/app.css%00.html",
                        "/assets/..\\..\\x",
                        "/assets//etc/passwd",
                        "/assets/",
                        "/assets",
                        "/../../../../etc/passwd",
                        "/api/media/../../etc/passwd",
                        "/api/media/1%2f..%2f..",
                        "/%00",
                        "/assets/login.html",
                        "/web/index.html",
                        "/assets/" + "a-".repeat(3000) + ".js",
                        "/openapi.yaml",
                        "/logback.xml",
                        "/migrations/V001__accounts.sql",
                        "/dev/latchkey/cli/Main.class",
                        "/META-INF/MANIFEST.MF")
                .map(path -> DynamicTest.dynamicTest(path, () -> {
                    try (var raw = world.server().raw()) {
                        Reply reply = raw.exchange("GET " + path + " HTTP/1.1", "Host: localhost", "Accept: text/html");
                        assertThat(reply.status()).as(reply::toString).isIn(302, 400, 401, 404);
                        assertThat(reply.text()).doesNotContain("root:", "CREATE TABLE", "SQLite format");
                    }
                }));
    }
}
