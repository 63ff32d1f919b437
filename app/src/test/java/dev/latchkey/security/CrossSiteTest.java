package dev.latchkey.security;

import static dev.latchkey.harness.Scenario.when;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Call;
import dev.latchkey.harness.Http;
import dev.latchkey.harness.Multipart;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.Sample;
import dev.latchkey.harness.Scenario;
import dev.latchkey.harness.TestServer;
import dev.latchkey.harness.World;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Writes that a page of another site makes a browser send. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrossSiteTest {
    private World world;
    private Http http;
    private Http https;

    @BeforeAll
    void start() {
        world = World.start(Map.of(
                "trusted_proxies", "127.0.0.1",
                "public_url", "https://photos.example.net",
                "cors_origins", "https://app.example.org"));
        http = world.http();
        https = http.from("192.168.1.20").with("X-Forwarded-Proto", "https");
    }

    @AfterAll
    void stop() {
        world.close();
    }

    private static Call login(Http client) {
        return client.post("/api/auth/login").json("username", "mel", "password", World.PASSWORD);
    }

    private Scenario passes(String name, String header, String value) {
        return when(name, login(http.with(header, value))).status(200);
    }

    private Scenario refused(String name, String header, String value) {
        return when(name, login(http.with(header, value))).status(403).without("lks_");
    }

    @TestFactory
    List<DynamicTest> aSignInComesFromOurOwnPagesOrFromNoPage() {
        String port = http.origin().replaceAll(".*:", ":");
        return Scenario.table(
                when("no page", login(http)).status(200),
                passes("our origin", "Origin", http.origin()),
                passes("the public address", "Origin", "https://photos.example.net"),
                passes("same origin by fetch metadata", "Sec-Fetch-Site", "same-origin"),
                passes("typed by the user", "Sec-Fetch-Site", "none"),
                refused("cross-site", "Sec-Fetch-Site", "cross-site"),
                refused("same site, other origin", "Sec-Fetch-Site", "same-site"),
                refused("foreign origin", "Origin", "https://evil.com"),
                refused("null origin", "Origin", "null"),
                refused("empty origin", "Origin", ""),
                refused("other scheme", "Origin", http.origin().replace("http:", "https:")),
                refused("other port", "Origin", "http://127.0.0.1:1"),
                refused("no port", "Origin", "http://127.0.0.1"),
                refused("another name of this machine", "Origin", "http://localhost" + port),
                refused("our origin as a beginning", "Origin", http.origin() + ".evil.com"),
                refused("our origin with a user", "Origin", http.origin().replace("//", "//evil@")),
                refused("two origins", "Origin", http.origin() + " https://evil.com"),
                refused("an origin that may read by CORS", "Origin", "https://app.example.org"),
                refused("public address by http", "Origin", "http://photos.example.net"));
    }

    @TestFactory
    List<DynamicTest> fetchMetadataDoesNotExcuseAForeignOrigin() {
        return Scenario.table(
                when(
                                "same-origin and foreign",
                                login(http.with("Sec-Fetch-Site", "same-origin").with("Origin", "https://evil.com")))
                        .status(403),
                when(
                                "cross-site and ours",
                                login(http.with("Sec-Fetch-Site", "cross-site").with("Origin", http.origin())))
                        .status(403));
    }

    @TestFactory
    List<DynamicTest> behindAProxyTheOriginIsTheOneThatTheBrowserSees() {
        String seen = http.origin().replace("http:", "https:");
        return Scenario.table(
                when("https by the proxy", login(https.with("Origin", seen))).status(200),
                when("http by the page", login(https.with("Origin", http.origin())))
                        .status(403),
                when(
                                "the host that the proxy forwards",
                                login(https.with("X-Forwarded-Host", "photos.example.net")
                                        .with("Origin", "https://photos.example.net")))
                        .status(200),
                when(
                                "another than the forwarded one",
                                login(https.with("X-Forwarded-Host", "photos.example.net")
                                        .with("Origin", seen)))
                        .status(403));
    }

    @TestFactory
    Stream<DynamicTest> everyUnsafeMethodIsCheckedCookieOrNot() {
        String cookie = http.post("/api/auth/login")
                .json("username", "mel", "password", World.PASSWORD, "cookie", true)
                .expect(200)
                .cookie();
        Http evil = http.with("Origin", "https://evil.com").with("Cookie", cookie);
        return Stream.of(
                        when("upload", evil.post("/api/media").multipart(Multipart.file("x", Sample.uniqueText()))),
                        when("raw upload", evil.put("/api/media/raw?filename=x").body(Sample.uniqueText())),
                        when("change", evil.patch("/api/auth/me").json("display_name", "x")),
                        when("delete", evil.delete("/api/media/1")),
                        when("end of sessions", evil.delete("/api/auth/sessions")),
                        when("logout", evil.post("/api/auth/logout").json()),
                        when("invite", evil.post("/api/auth/invites").json()),
                        when(
                                "join request",
                                evil.post("/api/auth/join-requests").json()),
                        when("setup", evil.post("/api/auth/setup").json()))
                .map(scenario -> scenario.status(403).test());
    }

    @TestFactory
    Stream<DynamicTest> aMethodIsTheOneOfTheRequestLine() {
        long id = world.upload(world.member(), "kept.txt", Sample.uniqueText());
        String cookie = http.post("/api/auth/login")
                .json("username", "mel", "password", World.PASSWORD, "cookie", true)
                .expect(200)
                .cookie();
        Stream<Scenario> overrides = Stream.of("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override")
                .map(header -> when(
                                header,
                                http.get("/api/media/" + id)
                                        .header(header, "DELETE")
                                        .header("Origin", "https://evil.com")
                                        .cookie(cookie))
                        // Javalin would route by the first one, so it is refused; nobody reads the others.
                        .status(header.equals("X-HTTP-Method-Override") ? 400 : 200));
        Scenario after = when("it is still there", http.get("/api/media/" + id).cookie(cookie))
                .status(200)
                .field("/id", id);
        return Stream.concat(overrides, Stream.of(after)).map(Scenario::test);
    }

    @Test
    void anAuthorizationHeaderIsProofEnough() {
        Http evil = http.with("Origin", "https://evil.com").with("Sec-Fetch-Site", "cross-site");
        evil.patch("/api/auth/me")
                .as(world.member())
                .json("display_name", "Mel")
                .expect(200);
    }

    @Test
    void readsMayComeFromAnywhere() {
        Http evil = http.with("Origin", "https://evil.com").with("Sec-Fetch-Site", "cross-site");
        evil.get("/api/health").expect(200);
        evil.get("/api/media").as(world.member()).expect(200);
    }

    @TestFactory
    List<DynamicTest> localModeAndSetupAreProtectedToo() {
        TestServer local = TestServer.start();
        Http evil = local.http().with("Sec-Fetch-Site", "cross-site");
        byte[] bytes = Sample.uniqueText();
        return Scenario.table(
                when("upload", evil.post("/api/media").multipart(Multipart.file("x", bytes)))
                        .status(403),
                when("raw upload", evil.put("/api/media/raw?filename=x").body(bytes))
                        .status(403),
                when("delete", evil.delete("/api/media/1")).status(403),
                when("setup", evil.post("/api/auth/setup").json("username", "eve", "password", World.PASSWORD))
                        .status(403),
                when("nothing happened", local.http().get("/api/media"))
                        .status(200)
                        .field("/items", List.of())
                        .and(reply -> local.close()));
    }

    @TestFactory
    List<DynamicTest> jsonRoutesTakeOnlyJson() {
        String json = "{\"username\":\"mel\",\"password\":\"" + World.PASSWORD + "\"}";
        return Scenario.table(
                typed("plain text", "text/plain", json, 415),
                typed("a form", "application/x-www-form-urlencoded", json, 415),
                typed("multipart", "multipart/form-data; boundary=x", json, 415),
                typed("nearly JSON", "application/json-patch+json", json, 415),
                typed("JSON hidden in a parameter", "text/plain; a=application/json", json, 415),
                typed("JSON with a character set", "application/json; charset=utf-8", json, 200),
                typed("JSON in capitals", "Application/JSON", json, 200),
                when(
                                "JSON in a character set that does not exist",
                                http.post("/api/auth/login").text("application/json; charset=x", json))
                        .status(200, 400, 415),
                when("no type", http.post("/api/auth/login").body(Sample.utf8(json)))
                        .status(415));
    }

    private Scenario typed(String name, String type, String body, int status) {
        return when(name, http.post("/api/auth/login").text(type, body)).status(status);
    }

    @Test
    void aWriteWithoutABodyNeedsNoType() {
        long id = world.upload(world.member(), "x.txt", Sample.uniqueText());
        http.delete("/api/media/" + id).as(world.member()).expect(204);
        http.post("/api/trash/" + id + "/restore").as(world.member()).expect(200);
        http.post("/api/auth/logout").as(world.signIn(world.guest())).expect(200);
    }

    @TestFactory
    List<DynamicTest> onlyConfiguredOriginsReadByCors() {
        String app = "https://app.example.org";
        return Scenario.table(
                when("configured", http.get("/api/health").header("Origin", app))
                        .status(200)
                        .header("Access-Control-Allow-Origin", app)
                        .header("Access-Control-Allow-Credentials", "")
                        .and(reply -> assertThat(reply.header("Vary")).contains("Origin")),
                cors("foreign", "https://evil.com"),
                cors("longer", app + ".evil.com"),
                cors("by http", "http://app.example.org"),
                cors("another port", app + ":8443"),
                cors("null", "null"),
                when("no origin", http.get("/api/health")).header("Access-Control-Allow-Origin", ""));
    }

    private Scenario cors(String name, String origin) {
        return when(name, http.get("/api/health").header("Origin", origin))
                .status(200)
                .header("Access-Control-Allow-Origin", "")
                .header("Access-Control-Allow-Credentials", "");
    }

    @Test
    void aPreflightIsAnsweredForConfiguredOriginsOnly() {
        Reply ours = preflight("https://app.example.org");
        assertThat(ours.status()).isIn(200, 204);
        assertThat(ours.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example.org");
        assertThat(ours.header("Access-Control-Allow-Methods")).contains("PATCH");
        assertThat(ours.header("Access-Control-Allow-Headers").toLowerCase(Locale.ROOT))
                .contains("authorization");
        Reply foreign = preflight("https://evil.com");
        assertThat(foreign.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(foreign.header("Access-Control-Allow-Methods")).isEmpty();
    }

    private Reply preflight(String origin) {
        return http.call("OPTIONS", "/api/media/1")
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "PATCH")
                .header("Access-Control-Request-Headers", "authorization")
                .send();
    }
}
