package dev.latchkey.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A mail server that speaks SMTP and answers as a test tells it to: what GreenMail is too polite for. */
final class ScriptedSmtp implements AutoCloseable {
    private final Map<String, String> replies = new ConcurrentHashMap<>();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final ServerSocket server;
    private final SSLContext tls;

    private ScriptedSmtp(int port, SSLContext tls) throws IOException {
        this.server = new ServerSocket(port, 50, InetAddress.getByName("127.0.0.1"));
        this.tls = tls;
        Thread thread = new Thread(this::accept, "scripted-smtp");
        thread.setDaemon(true);
        thread.start();
    }

    /** Without TLS. */
    static ScriptedSmtp start() throws IOException {
        return new ScriptedSmtp(0, null);
    }

    /** On a port that was used before. */
    static ScriptedSmtp startAt(int port) throws IOException {
        return new ScriptedSmtp(port, null);
    }

    /** With STARTTLS. */
    static ScriptedSmtp start(SSLContext tls) throws IOException {
        return new ScriptedSmtp(0, tls);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Answers a command that begins like this with {@code reply}; {@code "."} is the end of a message. */
    ScriptedSmtp answer(String command, String reply) {
        replies.put(command, reply);
        return this;
    }

    /** Answers as usual again. */
    void forgive() {
        replies.clear();
    }

    /** Every command so far; what came through TLS has a lock before it. */
    List<String> commands() {
        return commands;
    }

    /** Every message that was accepted. */
    List<String> messages() {
        return messages;
    }

    private void accept() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                talk(socket, false);
            } catch (IOException e) {
                // the client has gone, or we are closed
            }
        }
    }

    private void talk(Socket socket, boolean secure) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        if (!secure) {
            say(socket, "220 scripted");
        }
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            commands.add((secure ? "🔒" : "") + line);
            String reply = reply(line, secure);
            say(socket, reply);
            if (line.equals("STARTTLS") && reply.startsWith("220")) {
                SSLSocket over = (SSLSocket) tls.getSocketFactory().createSocket(socket, null, socket.getPort(), true);
                over.setUseClientMode(false);
                talk(over, true);
                return;
            }
            if (line.equals("DATA") && reply.startsWith("354")) {
                receive(socket, in);
            }
            if (reply.startsWith("221") || reply.startsWith("421")) {
                return;
            }
        }
    }

    private String reply(String line, boolean secure) {
        for (Map.Entry<String, String> reply : replies.entrySet()) {
            if (line.startsWith(reply.getKey())) {
                return reply.getValue();
            }
        }
        return switch (line.split("[ :]")[0]) {
            case "EHLO" -> tls != null && !secure ? "250-scripted\r\n250 STARTTLS" : "250 scripted";
            case "STARTTLS" -> "220 go ahead";
            case "DATA" -> "354 go ahead";
            case "QUIT" -> "221 bye";
            default -> "250 fine";
        };
    }

    private void receive(Socket socket, BufferedReader in) throws IOException {
        StringBuilder message = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            message.append(line).append('\n');
        }
        String reply = replies.getOrDefault(".", "250 taken");
        if (reply.startsWith("2")) {
            messages.add(message.toString());
        }
        say(socket, reply);
    }

    private static void say(Socket socket, String reply) throws IOException {
        socket.getOutputStream().write((reply + "\r\n").getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
