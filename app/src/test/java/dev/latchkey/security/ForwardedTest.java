package dev.latchkey.security;

import static dev.latchkey.harness.Scenario.when;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.harness.Http;
import dev.latchkey.harness.RawHttp;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.Scenario;
import dev.latchkey.harness.TestServer;
import dev.latchkey.harness.World;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Who a caller is when proxies stand between. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForwardedTest {
    private World trusting;
    private World plain;
    private TestServer localBehindProxy;

    @BeforeAll
    void start() {
        trusting = World.start(Map.of("trusted_proxies", "127.0.0.1, 10.0.0.0/8, 2001:db8:f::/48"));
        plain = World.start();
        localBehindProxy = TestServer.start(Map.of("trusted_proxies", "127.0.0.1"));
    }

    @AfterAll
    void stop() {
        trusting.close();
        plain.close();
        localBehindProxy.close();
    }

    /** The address that a sign-in by {@code http} is recorded under. */
    private static String addressSeen(Http http) {
        String token = http.post("/api/auth/login")
                .json("username", "mel", "password", World.PASSWORD)
                .expect(200)
                .textAt("/token");
        for (JsonNode session : http.get("/api/auth/sessions?limit=200")
                .bearer(token)
                .expect(200)
                .at("/items")) {
            if (session.path("current").asBoolean()) {
                return session.path("ip").asText();
            }
        }
        throw new AssertionError("no current session");
    }

    private DynamicTest seen(String name, String header, String value, String address) {
        return DynamicTest.dynamicTest(
                name,
                () -> assertThat(addressSeen(trusting.http().with(header, value)))
                        .isEqualTo(address));
    }

    @TestFactory
    List<DynamicTest> aChainIsReadFromTheRightUpToTheFirstAddressThatIsNoProxy() {
        String xff = "X-Forwarded-For";
        return List.of(
                seen("one", xff, "203.0.113.9", "203.0.113.9"),
                seen("a liar before it", xff, "1.1.1.1, 203.0.113.9", "203.0.113.9"),
                seen("behind two proxies", xff, "1.1.1.1, 203.0.113.9, 10.9.8.7", "203.0.113.9"),
                seen("nothing but proxies", xff, "10.1.1.1, 10.2.2.2", "10.1.1.1"),
                seen("with a port", xff, "203.0.113.9:4711", "203.0.113.9"),
                seen("standard header", "Forwarded", "for=203.0.113.9;proto=http", "203.0.113.9"),
                seen("standard chain", "Forwarded", "for=1.1.1.1, for=203.0.113.9, for=10.0.0.1", "203.0.113.9"),
                seen("standard in capitals", "Forwarded", "FOR=\"203.0.113.9\";Proto=HTTPS", "203.0.113.9"));
    }

    @Test
    void anIpv6ClientIsRecognisedInItsBrackets() {
        String address = addressSeen(trusting.http().with("Forwarded", "for=\"[2001:db8::9]:4711\""));
        assertThat(address).startsWith("2001:db8:").endsWith(":9");
    }

    @TestFactory
    List<DynamicTest> headersOfAnUntrustedPeerChangeNothing() {
        Http http = plain.http();
        return List.of(
                        Map.entry("X-Forwarded-For", "203.0.113.9"),
                        Map.entry("Forwarded", "for=203.0.113.9"),
                        Map.entry("X-Real-IP", "203.0.113.9"),
                        Map.entry("X_Forwarded_For", "203.0.113.9"),
                        Map.entry("X-Forwarded-Host", "evil.com"),
                        Map.entry("X-Forwarded-Proto", "https"))
                .stream()
                .map(header -> DynamicTest.dynamicTest(
                        header.getKey(),
                        () -> assertThat(addressSeen(http.with(header.getKey(), header.getValue())))
                                .isEqualTo("127.0.0.1")))
                .toList();
    }

    @Test
    void anUntrustedPeerCannotClaimHttpsOrAnotherHost() {
        Http liar = plain.http().with("X-Forwarded-Proto", "https").with("X-Forwarded-Host", "evil.com");
        Reply login = liar.post("/api/auth/login")
                .json("username", "mel", "password", World.PASSWORD, "cookie", true)
                .expect(200);
        assertThat(login.cookie()).doesNotStartWith("__Host-");
        Reply invite = liar.post("/api/auth/invites").as(plain.admin()).json().expect(200);
        assertThat(invite.textAt("/url")).startsWith(plain.http().origin() + "/join");
    }

    @TestFactory
    List<DynamicTest> forwardedHeadersFromNowhereCostTheLocalOwner() {
        TestServer local = TestServer.start();
        return Scenario.table(
                lost("X-Forwarded-For", local, "X-Forwarded-For", "127.0.0.1"),
                lost("Forwarded", local, "Forwarded", "for=127.0.0.1"),
                lost("X-Forwarded-Proto", local, "X-Forwarded-Proto", "http"),
                lost("X-Forwarded-Host", local, "X-Forwarded-Host", "localhost"),
                when("without them", local.http().get("/api/media")).status(200).and(reply -> local.close()));
    }

    private static Scenario lost(String name, TestServer local, String header, String value) {
        return when(name, local.http().get("/api/media").header(header, value)).problem(403, "setup_required");
    }

    @TestFactory
    List<DynamicTest> behindATrustedProxyOnlyANamedLoopbackCouldBeTheOwner() {
        Http http = localBehindProxy.http();
        return Scenario.table(
                when("no client named", http.get("/api/media")).problem(403, "setup_required"),
                when("a LAN client", http.from("192.168.1.20").get("/api/media"))
                        .problem(403, "setup_required"),
                when("a public client", http.from("203.0.113.9").get("/api/media"))
                        .problem(403, "setup_required"),
                when(
                                "a liar before a LAN client",
                                http.from("127.0.0.1, 192.168.1.20").get("/api/media"))
                        .problem(403, "setup_required"),
                when(
                                "only the scheme named",
                                http.with("X-Forwarded-Proto", "https").get("/api/media"))
                        .problem(403, "setup_required"),
                when(
                                "the underscore alias",
                                http.with("X_Forwarded_For", "127.0.0.1").get("/api/media"))
                        .problem(403, "setup_required"),
                when(
                                "unknown by the standard header",
                                http.with("Forwarded", "for=unknown").get("/api/media"))
                        .status(400, 403));
    }

    @TestFactory
    List<DynamicTest> theUnderscoreAliasIsDropped() {
        return List.of(
                seen("beside the real one", "X-Forwarded-For", "203.0.113.9", "203.0.113.9"),
                DynamicTest.dynamicTest(
                        "both",
                        () -> assertThat(addressSeen(trusting.http()
                                        .with("X-Forwarded-For", "203.0.113.9")
                                        .with("X_Forwarded_For", "198.51.100.7")))
                                .isEqualTo("203.0.113.9")),
                DynamicTest.dynamicTest(
                        "alone",
                        () -> assertThat(addressSeen(trusting.http().with("X_Forwarded_For", "198.51.100.7")))
                                .isEqualTo("127.0.0.1")));
    }

    @TestFactory
    List<DynamicTest> whatCannotBeReadIsRefused() {
        Http http = trusting.http();
        return Scenario.table(
                when(
                                "both kinds",
                                http.from("203.0.113.9")
                                        .with("Forwarded", "for=203.0.113.9")
                                        .get("/api/health"))
                        .problem(400, "malformed"),
                garbage("a name", "X-Forwarded-For", "evil.com"),
                garbage("empty", "X-Forwarded-For", ","),
                garbage("a number", "X-Forwarded-For", "2130706433"),
                garbage("markup", "X-Forwarded-For", "<script>"),
                garbage("an address too many dots long", "X-Forwarded-For", "1.2.3.4.5"),
                garbage("garbage on the right", "X-Forwarded-For", "203.0.113.9, nonsense"),
                garbage("an unknown scheme", "X-Forwarded-Proto", "gopher"),
                garbage("a host that is none", "X-Forwarded-Host", "a b"),
                garbage("no pair", "Forwarded", "203.0.113.9"),
                garbage("an open quote", "Forwarded", "for=\"203.0.113.9"),
                garbage("two clients in one", "Forwarded", "for=1.1.1.1;for=2.2.2.2"));
    }

    private Scenario garbage(String name, String header, String value) {
        return when(name, trusting.http().with(header, value).get("/api/health"))
                .problem(400, "malformed");
    }

    @Test
    void aForwardedHostHasToBeOneOfOurs() {
        Reply reply = trusting.http()
                .from("203.0.113.9")
                .with("X-Forwarded-Host", "evil.com")
                .post("/api/auth/invites")
                .as(trusting.admin())
                .json()
                .send();
        assertThat(reply.text()).doesNotContain("evil.com/");
    }

    @Test
    void aHeaderThatIsSentTwiceIsOneChain() {
        try (RawHttp raw = localBehindProxy.raw()) {
            raw.exchange(
                            "GET /api/media HTTP/1.1",
                            "Host: localhost",
                            "X-Forwarded-For: 127.0.0.1",
                            "X-Forwarded-For: 192.168.1.20")
                    .refused(403, "setup_required");
        }
    }
}
