package dev.latchkey.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What stands in for nginx where it is not installed: the JDK's own server and a file channel. */
final class PlainFileServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    PlainFileServer(Path root) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> send(exchange, root));
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static void send(HttpExchange exchange, Path root) throws IOException {
        try (exchange;
                FileChannel file = FileChannel.open(
                        root.resolve(exchange.getRequestURI().getPath().substring(1)))) {
            exchange.sendResponseHeaders(200, file.size());
            var out = Channels.newChannel(exchange.getResponseBody());
            for (long at = 0; at < file.size(); ) {
                at += file.transferTo(at, file.size() - at, out);
            }
        }
    }
}
