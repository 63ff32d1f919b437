package dev.latchkey.contract;

import static dev.latchkey.harness.Scenario.when;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.latchkey.harness.Call;
import dev.latchkey.harness.Keyring;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.Sample;
import dev.latchkey.harness.Scenario;
import dev.latchkey.harness.TestServer;
import dev.latchkey.harness.World;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;

class PasswordCheckTest {
    private static final String LEAKED = "velvet cartography";
    private static final List<String> LEAK = List.of("This password has turned up in a data leak.");

    private static Call check(TestServer server, String password, String username) {
        return server.http().post("/api/auth/password/check").json("password", password, "username", username);
    }

    @Test
    void theVerdictHasEveryReasonInLocalModeTooWhereSetupAsks() throws Throwable {
        try (TestServer server = TestServer.start()) {
            for (DynamicTest scenario : table(server)) {
                scenario.getExecutable().execute();
            }
        }
    }

    private static List<DynamicTest> table(TestServer server) {
        return Scenario.table(
                when("a good one", check(server, World.PASSWORD, null))
                        .status(200)
                        .field("/acceptable", true)
                        .field("/reasons", List.of()),
                when("a common one", check(server, "password1", null))
                        .status(200)
                        .field("/acceptable", false)
                        .field("/reasons", List.of("This is one of the most common passwords.")),
                when("with the name in it", check(server, "my marianne 77", "marianne"))
                        .status(200)
                        .field("/reasons", List.of("The password must not contain the username.")),
                when("four letters that grow in lower case", check(server, "\u0130\u0130\u0130\u0130", null))
                        .status(200)
                        .field("/acceptable", false),
                when("none", server.http().post("/api/auth/password/check").json())
                        .invalid("password"));
    }

    @Test
    void whereTheServiceIsAskedALeakedPasswordIsRefusedEverywhere() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        HttpServer service = service(asked);
        String url = "http://127.0.0.1:" + service.getAddress().getPort() + "/range/";
        try (World world = World.start(Map.of("password.hibp", "true", "password.hibp_url", url))) {
            Keyring keys = new Keyring(world);
            check(world.server(), LEAKED, null).expect(200);
            assertThat(check(world.server(), LEAKED, null)
                            .expect(200)
                            .at("/acceptable")
                            .asBoolean())
                    .isFalse();
            refused(keys.changePassword(world.guest(), LEAKED).send());
            refused(keys.reset(keys.resetToken(world.member()), LEAKED).send());
            refused(keys.setPassword(world.member(), LEAKED).send());
            refused(world.http()
                    .post("/api/auth/join-requests")
                    .json("invite_token", world.invite(), "username", "lea", "password", LEAKED)
                    .send());

            int before = asked.get();
            assertThat(check(world.server(), "password1", null)
                            .expect(200)
                            .at("/reasons")
                            .size())
                    .isEqualTo(1);
            keys.reset("lkx_" + "0".repeat(43), LEAKED).refused(400, "token_invalid");
            assertThat(asked).hasValue(before); // whatever is refused anyway is told to nobody
        } finally {
            service.stop(0);
        }
    }

    private static void refused(Reply reply) {
        reply.refused(422, "password_refused");
        assertThat(reply.at("/reasons").get(0).asText()).isEqualTo(LEAK.get(0));
    }

    @Test
    void whileTheServiceIsSlowOthersGoOn() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch arrived = new CountDownLatch(1);
        HttpServer service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.setExecutor(Executors.newCachedThreadPool());
        service.createContext("/", exchange -> {
            if (exchange.getRequestURI().getPath().endsWith(sha1(LEAKED).substring(0, 5))) {
                arrived.countDown();
                await(release);
            }
            answer(exchange, "0".repeat(35) + ":1");
        });
        service.start();
        String url = "http://127.0.0.1:" + service.getAddress().getPort() + "/";
        try (World world = World.start(Map.of("password.hibp", "true", "password.hibp_url", url))) {
            String invite = world.invite();
            Thread slow = new Thread(() -> world.http()
                    .post("/api/auth/join-requests")
                    .json("invite_token", invite, "username", "slow", "password", LEAKED)
                    .expect(200));
            slow.start();
            arrived.await();
            world.join("quick", "guest"); // neither the turn of those who join nor the writer is held meanwhile
            release.countDown();
            slow.join();
        } finally {
            release.countDown();
            service.stop(0);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The range API: whoever asks for the right prefix hears of the leak, among others. */
    private static HttpServer service(AtomicInteger asked) throws IOException {
        HttpServer service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/range/", exchange -> {
            asked.incrementAndGet();
            String prefix = exchange.getRequestURI().getPath().substring("/range/".length());
            boolean known = sha1(LEAKED).startsWith(prefix)
                    && "true".equals(exchange.getRequestHeaders().getFirst("Add-Padding"));
            String padding = "0".repeat(34) + "A:0\r\n";
            answer(exchange, padding + (known ? sha1(LEAKED).substring(5) + ":42\r\n" : ""));
        });
        service.start();
        return service;
    }

    private static void answer(HttpExchange exchange, String body) throws IOException {
        exchange.sendResponseHeaders(200, body.length());
        exchange.getResponseBody().write(Sample.utf8(body));
        exchange.close();
    }

    private static String sha1(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest(Sample.utf8(text));
            return HexFormat.of().formatHex(hash).toUpperCase(Locale.ROOT);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
