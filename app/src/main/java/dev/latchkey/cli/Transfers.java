package dev.latchkey.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.error.Problem;
import dev.latchkey.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.LongConsumer;

/** Whole files to and from a server: streamed, several at a time over one client. */
final class Transfers {

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final Connection connection;

    Transfers(Connection connection) {
        this.connection = connection;
    }

    /** Whether the server has a file of this SHA-256 (in hexadecimal) outside of its trash. */
    boolean has(String sha256) throws IOException {
        HttpResponse<Void> response = send(
                request("/api/media/by-hash/" + sha256).method("HEAD", BodyPublishers.noBody()),
                BodyHandlers.discarding());
        if (response.statusCode() != 200 && response.statusCode() != 404) {
            throw refused(response.statusCode(), null, response);
        }
        return response.statusCode() == 200;
    }

    /**
     * Sends a file.
     *
     * @param sha256 its SHA-256 in hexadecimal, which the server holds against what arrives
     * @param progress is told how many more bytes have left
     * @return {@code stored}, {@code duplicate} or {@code restored}
     * @throws Problem with the server's words when it refuses
     */
    String upload(Path file, String name, String sha256, LongConsumer progress) throws IOException {
        BodyPublisher body = new CountedBody(BodyPublishers.ofFile(file), progress);
        HttpRequest.Builder request = request("/api/media/raw?filename=" + encode(name))
                .header("Repr-Digest", digest(sha256))
                .PUT(body);
        HttpResponse<byte[]> response = send(request, BodyHandlers.ofByteArray());
        JsonNode answer = json(response.body());
        if (response.statusCode() != 200 && response.statusCode() != 201) {
            throw refused(response.statusCode(), answer, response);
        }
        return answer.path("status").asText();
    }

    /** The SHA-256 of a whole file, as RFC 9530 writes it. */
    static String digest(String sha256) {
        return "sha-256=:" + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256)) + ":";
    }

    /** The bytes of a medium from {@code offset} on, if it is still the one with this entity tag. */
    HttpResponse<InputStream> download(long id, long offset, String etag) throws IOException {
        HttpRequest.Builder request = request("/api/media/" + id + "/content").GET();
        if (offset > 0) {
            request.header("Range", "bytes=" + offset + "-").header("If-Range", etag);
        }
        HttpResponse<InputStream> response = send(request, BodyHandlers.ofInputStream());
        if (response.statusCode() != 200 && response.statusCode() != 206) {
            try (InputStream body = response.body()) {
                throw refused(response.statusCode(), json(body.readAllBytes()), response);
            }
        }
        return response;
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(connection.server().resolve(path))
                .header("User-Agent", "latchkey-cli")
                .header("Accept", "application/json, */*;q=0.5");
    }

    /** The answer, whatever it is. @throws Problem when nobody is signed in */
    <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) throws IOException {
        HttpResponse<T> response =
                connection.authorized(token -> send(request, token, handler), refused -> refused.statusCode() == 401);
        if (response.statusCode() == 401) {
            throw connection.unauthenticated();
        }
        return response;
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, String token, HttpResponse.BodyHandler<T> handler)
            throws IOException {
        if (token != null) {
            request.setHeader("Authorization", "Bearer " + token);
        }
        try {
            return http.send(request.build(), handler);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** What the server says about a request that it did not do. */
    static Problem refused(int status, JsonNode body, HttpResponse<?> response) {
        String detail = body == null ? "" : body.path("detail").asText("");
        String message = detail.isEmpty() ? "The server answered with status " + status + "." : detail;
        if (status == 429 || status == 503) {
            long wait = response.headers().firstValueAsLong("Retry-After").orElse(5);
            return Problem.busy(message, Duration.ofSeconds(wait));
        }
        String code = body == null ? "refused" : body.path("code").asText("refused");
        return Problem.of(Problem.Kind.BAD_REQUEST, code, message);
    }

    static JsonNode json(byte[] body) {
        try {
            return Json.MAPPER.readTree(body);
        } catch (IOException e) {
            return Json.MAPPER.createObjectNode();
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
