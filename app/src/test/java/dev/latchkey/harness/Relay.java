package dev.latchkey.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** A bad line to a server: it counts what clients send, and goes dead or breaks after so much of it. */
public final class Relay implements AutoCloseable {
    private final int target;
    private final ServerSocket listener;
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final AtomicLong passed = new AtomicLong();
    private volatile long limit = Long.MAX_VALUE;
    private volatile boolean breaks;

    private Relay(int target) throws IOException {
        this.target = target;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    public static Relay to(TestServer server) {
        try {
            Relay relay = new Relay(server.port());
            run(relay::accept);
            return relay;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void run(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // a socket was closed, as it is in the end
                    }
                },
                "relay");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listener.accept();
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            sockets.add(client);
            sockets.add(server);
            run(() -> pump(client, server, true));
            run(() -> pump(server, client, false));
        }
    }

    private void pump(Socket from, Socket to, boolean counts) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (counts && passed.addAndGet(read) > limit) {
                    fail();
                }
                out.write(buffer, 0, read);
            }
        }
    }

    private void fail() throws IOException {
        if (breaks) {
            limit = Long.MAX_VALUE; // once
            throw new IOException("broken");
        }
        while (passed.get() > limit) {
            pause();
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(10);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** How many bytes clients have sent. */
    public long passed() {
        return passed.get();
    }

    /** Goes dead after so many bytes more, until {@link #hangUp}. */
    public void dieAfter(long bytes) {
        breaks = false;
        limit = passed.get() + bytes;
    }

    /** Breaks the connection once, after so many bytes more. */
    public void breakAfter(long bytes) {
        breaks = true;
        limit = passed.get() + bytes;
    }

    /** Ends all connections. */
    public void hangUp() {
        for (Socket socket = sockets.poll(); socket != null; socket = sockets.poll()) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        limit = Long.MAX_VALUE;
    }

    @Override
    public void close() {
        hangUp();
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
