package dev.latchkey.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.config.ConfigLoader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StopTest {
    /** More than the buffers of both ends of a connection hold. */
    private static final int FILE_BYTES = 24 << 20;

    @Test
    void aDownloadThatPausesForSecondsIsNotCutOffByAStop(@TempDir Path folder) throws Exception {
        Map<String, String> settings =
                Map.of("listen", "127.0.0.1:0", "data_dir", folder.toString(), "storage.reserve_bytes", "0");
        Server server = Server.start(ConfigLoader.fromMap(settings), Clock.systemUTC());
        upload(server.port());
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(64 * 1024);
            socket.setSoTimeout(60_000);
            socket.connect(new InetSocketAddress("127.0.0.1", server.port()));
            String request = "GET /api/media/1/content HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            int first = in.read();
            Thread stop = new Thread(server::close);
            stop.start();
            Thread.sleep(3000); // the pause under test
            assertThat(first).isEqualTo('H');
            assertThat(in.readAllBytes().length).isGreaterThan(FILE_BYTES);
            stop.join();
        }
    }

    private static void upload(int port) throws IOException, InterruptedException {
        HttpRequest upload = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/media/raw"))
                .PUT(BodyPublishers.ofByteArray(new byte[FILE_BYTES]))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(upload, BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(201);
    }
}
