package dev.latchkey.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.config.Config;
import dev.latchkey.harness.LogLines;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server that answers as the range API of Have I Been Pwned does, and against worse ones. */
class LeakedPasswordsTest {
    private static final String PASSWORD = "violet harbour 19 lanterns";

    private ServerSocket socket;
    private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private LogLines log;

    @BeforeEach
    void open() throws IOException {
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        log = LogLines.record();
    }

    @AfterEach
    void close() throws IOException {
        end.countDown();
        log.close();
        socket.close();
    }

    /** Answers each connection with these bytes, once a request was read, and hangs up. */
    private void answer(String bytes) {
        serve(peer -> peer.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8)));
    }

    private interface Answer {
        void to(Socket peer) throws IOException, InterruptedException;
    }

    private void serve(Answer answer) {
        Thread thread = new Thread(() -> {
            while (!socket.isClosed()) {
                try (Socket peer = socket.accept()) {
                    requests.add(head(peer));
                    answer.to(peer);
                } catch (IOException e) {
                    // the client hung up, or the test is over
                } catch (InterruptedException e) {
                    return;
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static String head(Socket peer) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = peer.getInputStream().read();
            if (next < 0) {
                throw new IOException("no request");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static String ok(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body;
    }

    private Config.PasswordRules rules(String path) {
        URI url = URI.create("http://127.0.0.1:" + socket.getLocalPort() + path);
        return new Config.PasswordRules(8, 4, true, url);
    }

    private boolean isLeaked() {
        return new LeakedPasswords(rules("/range/")).contain(PASSWORD);
    }

    private static String suffix() {
        return sha1().substring(5);
    }

    private static String sha1() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest(PASSWORD.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().withUpperCase().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String other(int number) {
        return String.format("%035X", number);
    }

    private void assertPassesWithOneLine() {
        assertThat(isLeaked()).isFalse();
        List<String> lines =
                log.text().lines().filter(line -> line.contains("leaked")).toList();
        assertThat(lines).hasSize(1);
        assertThat(log.text()).doesNotContain(PASSWORD, sha1(), suffix(), sha1().substring(0, 5));
    }

    @Test
    void aListedPasswordHasLeakedAndOnlyItsPrefixIsTold() throws InterruptedException {
        answer(ok(other(1) + ":3\r\n" + suffix() + ":17\r\n" + other(2) + ":0\r\n"));

        assertThat(isLeaked()).isTrue();
        String request = requests.take();
        assertThat(request).startsWith("GET /range/" + sha1().substring(0, 5) + " HTTP/1.1\r\n");
        assertThat(request).containsIgnoringCase("\r\nAdd-Padding: true\r\n").doesNotContain(suffix());
        assertThat(log.text()).isEmpty();
    }

    @Test
    void paddingIsNoLeak() {
        answer(ok(other(1) + ":3\r\n" + suffix() + ":0\r\n"));
        assertThat(isLeaked()).isFalse();
        assertThat(log.text()).isEmpty();
    }

    @Test
    void aPasswordThatIsNotListedPasses() {
        answer(ok(other(1) + ":3\r\n" + other(2) + ":9"));
        assertThat(isLeaked()).isFalse();
        assertThat(log.text()).isEmpty();
    }

    @Test
    void theAddressMayEndWithoutASlash() throws InterruptedException {
        answer(ok(suffix() + ":1"));
        assertThat(new LeakedPasswords(rules("/range")).contain(PASSWORD)).isTrue();
        assertThat(requests.take()).startsWith("GET /range/" + sha1().substring(0, 5));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
                "HTTP/1.1 429 Too Many Requests\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
                "HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 27\r\nConnection: close\r\n\r\n<html>Please log in!</html>",
                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\nConnection: close\r\n\r\nthe rest is missing",
                "not HTTP at all\r\n\r\n",
                "",
            })
    void anAnswerThatIsNoneLetsThePasswordPassAndIsLoggedOnce(String bytes) {
        answer(bytes);
        assertPassesWithOneLine();
    }

    @Test
    void nobodyThereLetsThePasswordPass() throws IOException {
        Config.PasswordRules rules = rules("/");
        socket.close();
        assertThat(new LeakedPasswords(rules).contain(PASSWORD)).isFalse();
        assertThat(log.text()).contains("not compared with leaked ones");
    }

    @Test
    void silenceLetsThePasswordPass() {
        serve(peer -> end.await());
        assertPassesWithOneLine();
    }

    @Test
    void aBodyThatNeverEndsLetsThePasswordPass() {
        serve(peer -> {
            peer.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            for (int line = 0; end.getCount() > 0; line++) {
                peer.getOutputStream().write((other(line) + ":1\r\n").getBytes(StandardCharsets.UTF_8));
                peer.getOutputStream().flush();
                end.await(50, TimeUnit.MILLISECONDS);
            }
        });
        assertPassesWithOneLine();
    }

    @Test
    void aHugeBodyIsNotReadToItsEnd() throws InterruptedException {
        BlockingQueue<Long> sent = new LinkedBlockingQueue<>();
        serve(peer -> {
            byte[] block = (other(7) + ":1\r\n").repeat(1000).getBytes(StandardCharsets.UTF_8);
            long bytes = 0;
            try {
                peer.getOutputStream()
                        .write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                for (int i = 0; i < 5_000; i++) {
                    peer.getOutputStream().write(block);
                    bytes += block.length;
                }
            } finally {
                sent.add(bytes);
            }
        });
        assertPassesWithOneLine();
        assertThat(sent.take()).isLessThan(50_000_000L);
    }
}
