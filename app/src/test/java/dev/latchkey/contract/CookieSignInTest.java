package dev.latchkey.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Http;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.TestServer;
import dev.latchkey.harness.World;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CookieSignInTest {
    private World world;
    private Http http;
    private Http https;

    @BeforeAll
    void start() {
        world = World.start(Map.of("trusted_proxies", "127.0.0.1"));
        http = world.http().from("192.168.1.20");
        https = http.with("X-Forwarded-Proto", "https");
    }

    @AfterAll
    void stop() {
        world.close();
    }

    private static Reply signIn(Http client) {
        return client.post("/api/auth/login")
                .json("username", "mel", "password", World.PASSWORD, "cookie", true)
                .expect(200);
    }

    private static Stream<String> attributes(Reply reply) {
        String[] parts = reply.setCookie().orElseThrow().split(";");
        return Arrays.stream(parts).skip(1).map(String::strip);
    }

    @Test
    void aSignInByCookieLeavesTheTokenOutOfTheBody() {
        Reply reply = signIn(http);
        assertThat(reply.json().has("token")).isFalse();
        assertThat(reply.text()).doesNotContain("lks_");
        assertThat(reply.textAt("/user/username")).isEqualTo("mel");
    }

    @Test
    void overHttpTheCookieIsForThisSiteOnly() {
        Reply reply = signIn(http);
        assertThat(reply.cookie()).doesNotStartWith("__Host-").doesNotStartWith("__Secure-");
        assertThat(attributes(reply)).contains("HttpOnly", "SameSite=Lax", "Path=/");
        assertThat(attributes(reply)).doesNotContain("Secure").noneMatch(a -> a.startsWith("Domain"));
    }

    @Test
    void overHttpsTheCookieIsBoundToTheHost() {
        Reply reply = signIn(https);
        assertThat(reply.cookie()).startsWith("__Host-latchkey=");
        assertThat(attributes(reply)).contains("HttpOnly", "Secure", "SameSite=Lax", "Path=/");
        assertThat(attributes(reply)).noneMatch(attribute -> attribute.startsWith("Domain"));
        https.get("/api/auth/me").cookie(reply.cookie()).expect(200);
    }

    @Test
    void theCookieOfHttpDoesNotCountOverHttps() {
        String cookie = signIn(http).cookie();
        http.get("/api/auth/me").cookie(cookie).expect(200);
        https.get("/api/auth/me").cookie(cookie).expect(401);
    }

    @Test
    void everySignInSetsANewValue() {
        String first = signIn(http).cookie();
        Reply second = http.post("/api/auth/login")
                .cookie(first)
                .json("username", "mel", "password", World.PASSWORD, "cookie", true)
                .expect(200);
        assertThat(second.cookie()).isNotEqualTo(first);
    }

    @Test
    void cookiesAndTokensAreSessionsOfOneTable() {
        String cookie = signIn(http).cookie();
        Reply me = http.get("/api/auth/me").cookie(cookie).expect(200);
        assertThat(me.textAt("/credential/kind")).isEqualTo("session");
        long id = me.longAt("/credential/id");
        http.delete("/api/auth/sessions/" + id).as(world.member()).expect(204);
        http.get("/api/auth/me").cookie(cookie).expect(401);
    }

    @Test
    void logoutEndsTheSessionAndTakesTheCookieBack() {
        String cookie = signIn(http).cookie();
        Reply reply = http.post("/api/auth/logout").cookie(cookie).json().expect(200);
        assertThat(reply.cookie()).endsWith("=");
        assertThat(attributes(reply)).anyMatch(attribute -> attribute.equals("Max-Age=0"));
        http.get("/api/auth/me").cookie(cookie).expect(401);
    }

    @Test
    void setupCanSignInByCookieToo() {
        try (TestServer server = TestServer.start()) {
            Reply reply = server.http()
                    .post("/api/auth/setup")
                    .json("username", "ada", "password", World.PASSWORD, "cookie", true)
                    .expect(200);
            assertThat(reply.json().has("token")).isFalse();
            server.http().get("/api/auth/me").cookie(reply.cookie()).expect(200);
        }
    }
}
