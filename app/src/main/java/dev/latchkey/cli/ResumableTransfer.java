package dev.latchkey.cli;

import dev.latchkey.error.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** Large files by tus 1.0.0: what an attempt brought over is not sent again, neither by the next nor by another command. */
final class ResumableTransfer {
    private static final String VERSION = "Tus-Resumable";
    /** So long a server takes to give up a connection that went silent. */
    private static final int PATIENCE_SECONDS = 40;

    private static final int BUSY = 423;

    private final Transfers transfers;
    private final Home home;
    private final ServerAddress server;

    ResumableTransfer(Transfers transfers, Home home, ServerAddress server) {
        this.transfers = transfers;
        this.home = home;
        this.server = server;
    }

    /** How far an upload is, and whether it has become a medium. */
    private record State(String path, long offset, boolean done) {}

    /**
     * Sends a file, or what is missing of it.
     *
     * @return {@code stored}, {@code duplicate} or {@code restored}; empty when the server does not know tus
     * @throws Problem with the server's words when it refuses
     */
    Optional<String> upload(Path file, String name, String sha256, LongConsumer progress) throws IOException {
        String key = FileHash.ofText(server + " " + sha256);
        Optional<String> begun = home.upload(key);
        Optional<State> state = begun.isPresent() ? look(begun.get()) : Optional.empty();
        if (state.isEmpty()) {
            state = begin(Files.size(file), name);
            if (state.isEmpty()) {
                return Optional.empty();
            }
            home.keepUpload(key, state.get().path());
        }
        String status = state.get().done() ? "stored" : send(state.get(), file, sha256, progress);
        home.forgetUpload(key);
        return Optional.of(status);
    }

    private Optional<State> begin(long length, String name) throws IOException {
        String encoded = Base64.getEncoder().encodeToString(name.getBytes(StandardCharsets.UTF_8));
        HttpResponse<byte[]> response = transfers.send(
                transfers
                        .request("/api/uploads")
                        .header(VERSION, "1.0.0")
                        .header("Upload-Length", Long.toString(length))
                        .header("Upload-Metadata", "filename " + encoded)
                        .POST(BodyPublishers.noBody()),
                BodyHandlers.ofByteArray());
        int status = response.statusCode();
        if (status == 404 || status == 405) {
            return Optional.empty();
        }
        if (status != 201) {
            throw Transfers.refused(status, Transfers.json(response.body()), response);
        }
        String location = response.headers().firstValue("Location").orElse("");
        if (!location.matches("/api/uploads/[0-9]+")) {
            throw Api.notLatchkey(server);
        }
        return Optional.of(new State(location, 0, false));
    }

    /** Empty when the upload is gone, or was refused. */
    private Optional<State> look(String path) throws IOException {
        try {
            HttpResponse<Void> response = head(path);
            for (int waited = 0; response.statusCode() == BUSY && waited < PATIENCE_SECONDS; waited += 2) {
                TimeUnit.SECONDS.sleep(2);
                response = head(path);
            }
            if (response.statusCode() != 200) {
                return gone(response);
            }
            boolean done = response.headers().firstValue("Latchkey-Media-Id").isPresent();
            long offset = response.headers().firstValueAsLong("Upload-Offset").orElse(0);
            return Optional.of(new State(path, offset, done));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private HttpResponse<Void> head(String path) throws IOException {
        return transfers.send(
                transfers.request(path).header(VERSION, "1.0.0").method("HEAD", BodyPublishers.noBody()),
                BodyHandlers.discarding());
    }

    private static Optional<State> gone(HttpResponse<Void> response) {
        int status = response.statusCode();
        if (status == BUSY) {
            throw Problem.busy("Another command is sending this file.", Duration.ofSeconds(5));
        }
        if (status == 403 || status == 404 || status == 410) {
            return Optional.empty();
        }
        throw Transfers.refused(status, null, response);
    }

    private String send(State state, Path file, String sha256, LongConsumer progress) throws IOException {
        progress.accept(state.offset());
        HttpResponse<byte[]> response = transfers.send(
                transfers
                        .request(state.path())
                        .header(VERSION, "1.0.0")
                        .header("Upload-Offset", Long.toString(state.offset()))
                        .header("Content-Type", "application/offset+octet-stream")
                        .header("Repr-Digest", Transfers.digest(sha256))
                        .method("PATCH", new CountedBody(rest(file, state.offset()), progress)),
                BodyHandlers.ofByteArray());
        if (response.statusCode() == 409 || response.statusCode() == BUSY) {
            throw Problem.busy("Another command is sending this file.", Duration.ofSeconds(1));
        }
        if (response.statusCode() != 204) {
            throw Transfers.refused(response.statusCode(), Transfers.json(response.body()), response);
        }
        return response.headers()
                .firstValue("Latchkey-Upload-Status")
                .orElseThrow(() -> Problem.malformed("it became shorter while it was sent"));
    }

    private static BodyPublisher rest(Path file, long offset) throws IOException {
        long length = Files.size(file) - offset;
        return length <= 0
                ? BodyPublishers.noBody()
                : BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> open(file, offset)), length);
    }

    private static InputStream open(Path file, long offset) {
        try {
            InputStream in = Files.newInputStream(file);
            in.skipNBytes(offset);
            return in;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
