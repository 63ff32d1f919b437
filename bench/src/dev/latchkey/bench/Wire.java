package dev.latchkey.bench;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * One keep-alive HTTP/1.1 connection to the loopback, written by hand so that the load generator costs as little as
 * possible of the cores it shares with the server. For one thread at a time.
 */
final class Wire implements Closeable {

    /** Sends a request body of a length that was announced before. */
    interface Body {
        void writeTo(SocketChannel channel) throws IOException;
    }

    private final InetSocketAddress address;
    private final ByteBuffer in = ByteBuffer.allocateDirect(256 * 1024);
    private SocketChannel channel;

    Wire(int port) {
        this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** The head of a request without a body; a token may be null. */
    byte[] get(String path, String token) {
        return head("GET", path, token, "");
    }

    Reply send(byte[] request) throws IOException {
        return exchange(request, channel -> {});
    }

    Reply json(String method, String path, String token, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        String headers = "Content-Type: application/json\r\nContent-Length: " + body.length + "\r\n";
        return exchange(head(method, path, token, headers), channel -> writeAll(channel, ByteBuffer.wrap(body)));
    }

    Reply put(String path, String token, long length, Body body) throws IOException {
        String headers = "Content-Type: application/octet-stream\r\nContent-Length: " + length + "\r\n";
        return exchange(head("PUT", path, token, headers), body);
    }

    /** A request of tus 1.0.0; {@code headers} are whole lines. */
    Reply tus(String method, String path, String token, String headers, long length, Body body) throws IOException {
        String all = "Tus-Resumable: 1.0.0\r\nContent-Length: " + length + "\r\n" + headers;
        return exchange(head(method, path, token, all), body);
    }

    /** Reads and forgets the answer's body, and gives back its length. Anything but a 200 is an error. */
    long drain(byte[] request) throws IOException {
        write(request, channel -> {});
        String head = readHead();
        long length = Long.parseLong(new Reply(head, null).header("Content-Length"));
        if (Reply.status(head) != 200) {
            throw new IOException("download answered: " + head);
        }
        skip(length);
        return length;
    }

    static void writeAll(SocketChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }

    private byte[] head(String method, String path, String token, String more) {
        String authorization = token == null ? "" : "Authorization: Bearer " + token + "\r\n";
        return (method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + address.getPort() + "\r\n" + authorization
                        + more + "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private Reply exchange(byte[] head, Body body) throws IOException {
        try {
            write(head, body);
            String answer = readHead();
            Reply reply = new Reply(answer, readBody(new Reply(answer, null)));
            if (reply.closes()) {
                close();
            }
            return reply;
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private void write(byte[] head, Body body) throws IOException {
        if (channel == null) {
            channel = SocketChannel.open(address);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            in.clear().flip();
        }
        writeAll(channel, ByteBuffer.wrap(head));
        body.writeTo(channel);
    }

    private byte[] readBody(Reply head) throws IOException {
        String length = head.header("Content-Length");
        if (length != null) {
            return take(Integer.parseInt(length));
        }
        return "chunked".equalsIgnoreCase(head.header("Transfer-Encoding")) ? readChunks() : new byte[0];
    }

    private byte[] readChunks() throws IOException {
        var all = new java.io.ByteArrayOutputStream();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            all.write(take(size));
            line();
        }
        line();
        return all.toByteArray();
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line().strip(), 16);
    }

    private String readHead() throws IOException {
        var head = new StringBuilder();
        for (String line = line(); !line.isEmpty(); line = line()) {
            head.append(line).append("\r\n");
        }
        return head.toString();
    }

    private String line() throws IOException {
        var line = new StringBuilder(64);
        for (int c = next(); c != '\n'; c = next()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    private int next() throws IOException {
        if (!in.hasRemaining()) {
            fill();
        }
        return in.get() & 0xff;
    }

    private byte[] take(int length) throws IOException {
        byte[] bytes = new byte[length];
        for (int at = 0; at < length; ) {
            if (!in.hasRemaining()) {
                fill();
            }
            int part = Math.min(in.remaining(), length - at);
            in.get(bytes, at, part);
            at += part;
        }
        return bytes;
    }

    private void skip(long length) throws IOException {
        for (long left = length; left > 0; ) {
            if (!in.hasRemaining()) {
                fill();
            }
            int part = (int) Math.min(in.remaining(), left);
            in.position(in.position() + part);
            left -= part;
        }
    }

    private void fill() throws IOException {
        in.clear();
        int read = channel.read(in);
        in.flip();
        if (read < 0) {
            throw new EOFException("the server closed the connection");
        }
    }
}
