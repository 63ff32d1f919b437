package dev.latchkey.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** A way to a server that breaks when a test says so: all connections at once, after so many bytes. */
public final class Cable implements AutoCloseable {
    private final ServerSocket door;
    private final int server;
    private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
    private final AtomicLong left = new AtomicLong(Long.MAX_VALUE);

    public Cable(int serverPort) {
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server = serverPort;
        start(this::accept);
    }

    public int port() {
        return door.getLocalPort();
    }

    /** Lets so many more bytes through to the server, and then breaks until {@link #mend()}. */
    public void breakAfter(long bytes) {
        left.set(bytes);
    }

    public void mend() {
        left.set(Long.MAX_VALUE);
    }

    public boolean isBroken() {
        return left.get() <= 0;
    }

    @Override
    public void close() throws IOException {
        door.close();
        cut();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                if (isBroken()) {
                    client.close();
                    continue;
                }
                Socket there = new Socket(InetAddress.getLoopbackAddress(), server);
                ends.add(client);
                ends.add(there);
                start(() -> pump(client, there, left));
                start(() -> pump(there, client, new AtomicLong(Long.MAX_VALUE)));
            } catch (IOException e) {
                cut(); // closed, or the server is gone
            }
        }
    }

    private void pump(Socket from, Socket to, AtomicLong allowance) {
        byte[] buffer = new byte[16 * 1024];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (allowance.addAndGet(-read) <= 0) {
                    cut();
                    return;
                }
                out.write(buffer, 0, read);
            }
        } catch (IOException e) {
            // one side is gone, and closing takes the other along
        } finally {
            ends.remove(from);
            ends.remove(to);
        }
    }

    private void cut() {
        for (Socket end : ends) {
            try {
                end.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "cable");
        thread.setDaemon(true);
        thread.start();
    }
}
