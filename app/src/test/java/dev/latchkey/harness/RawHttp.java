package dev.latchkey.harness;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A connection on which tests write what no client library would, octet by octet, and read what comes back. */
public final class RawHttp implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;

    private final Socket socket;
    private String method = "GET";
    private String path = "/";

    RawHttp(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a request of these lines without a body, and reads the answer. */
    public Reply exchange(String... lines) {
        write(String.join("\r\n", lines) + "\r\n\r\n");
        return read();
    }

    /** Writes this text, one octet for each character below 256. */
    public RawHttp write(String text) {
        return write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private RawHttp write(byte[] bytes) {
        remember(bytes);
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes this, or as much of it as the server takes before it answers and hangs up; the answer tells why. */
    public RawHttp offer(byte[] bytes) {
        remember(bytes);
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            return this;
        } catch (IOException e) {
            return this;
        }
    }

    /** What the next answer will be the answer to, when these bytes begin with a request line. */
    private void remember(byte[] bytes) {
        String start = new String(bytes, 0, Math.min(bytes.length, 1000), StandardCharsets.ISO_8859_1);
        String[] words = start.split("[ \r\n]", 3);
        if (words.length == 3 && words[1].startsWith("/") && words[0].matches("[A-Z]+")) {
            method = words[0];
            path = words[1];
        }
    }

    /** The next answer on this connection. */
    public Reply read() {
        try {
            InputStream in = socket.getInputStream();
            String statusLine = line(in);
            Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                String[] field = line.split(":", 2);
                headers.computeIfAbsent(field[0], name -> new ArrayList<>()).add(field[1].strip());
            }
            int status = Integer.parseInt(statusLine.split(" ")[1]);
            return new Reply(method, path, status, headers, body(in, status, headers));
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        }
    }

    /** Whether the server has closed its side, or closes it within the patience of tests. */
    public boolean isClosedByServer() {
        try {
            return socket.getInputStream().read() < 0;
        } catch (IOException e) {
            return true;
        }
    }

    private byte[] body(InputStream in, int status, Map<String, List<String>> headers) throws IOException {
        if (method.equals("HEAD") || status < 200 || status == 204 || status == 304) {
            return new byte[0];
        }
        if (headers.getOrDefault("Content-Type", List.of("")).get(0).startsWith("text/event-stream")) {
            return new byte[0]; // it has no end
        }
        if (headers.containsKey("Transfer-Encoding")) {
            return chunks(in);
        }
        List<String> length = headers.get("Content-Length");
        return length == null ? in.readAllBytes() : in.readNBytes(Integer.parseInt(length.get(0)));
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
            body.write(in.readNBytes(size));
            line(in);
        }
        line(in);
        return body.toByteArray();
    }

    private static int chunkSize(InputStream in) throws IOException {
        return Integer.parseInt(line(in).split(";")[0].strip(), 16);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the server closed the connection after \"" + line + "\"");
            }
            line.write(c);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
