package dev.latchkey.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.latchkey.error.Problem;
import dev.latchkey.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import javax.net.ssl.SSLException;

/**
 * Small JSON requests to a server. HttpURLConnection, because it is ready in a tenth of the time that the newer client
 * needs, and commands are started often; only PATCH, which it does not know, goes the other way.
 */
final class Api {
    private static final int CONNECT_MILLIS = 10_000;
    private static final int READ_MILLIS = 60_000;

    /** What came back: the status, and the body where it is JSON. */
    record Answer(int status, JsonNode body) {
        boolean isOk() {
            return status >= 200 && status < 300;
        }

        /** The body. @throws Problem with the server's own words when it refused */
        JsonNode orRefusal() {
            if (isOk()) {
                return body;
            }
            String detail =
                    body.path("detail").asText(body.path("error_description").asText(""));
            throw Problem.of(
                    status == 401 ? Problem.Kind.UNAUTHENTICATED : Problem.Kind.BAD_REQUEST,
                    body.path("code").asText(body.path("error").asText("refused")),
                    detail.isEmpty() ? "The server answered with status " + status + "." : detail);
        }
    }

    static {
        System.setProperty("sun.net.http.retryPost", "false"); // else a POST may happen twice
    }

    private final ServerAddress server;

    Api(ServerAddress server) {
        this.server = server;
    }

    ServerAddress server() {
        return server;
    }

    /**
     * Sends a request.
     *
     * @param token the bearer token, or null
     * @param body what becomes the JSON body, or null for none
     * @throws Problem when no answer comes
     */
    Answer send(String method, String path, String token, Object body) {
        URI uri = server.resolve(path);
        try {
            byte[] json = body == null ? null : Json.MAPPER.writeValueAsBytes(body);
            return method.equals("PATCH") ? patch(uri, token, json) : exchange(method, uri, token, json);
        } catch (IOException e) {
            throw unreachable(server, e);
        }
    }

    private Answer exchange(String method, URI uri, String token, byte[] json) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setRequestMethod(method);
        connection.setInstanceFollowRedirects(false);
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(READ_MILLIS);
        connection.setRequestProperty("User-Agent", "latchkey-cli");
        connection.setRequestProperty("Accept", "application/json");
        if (token != null) {
            connection.setRequestProperty("Authorization", "Bearer " + token);
        }
        if (json != null) {
            connection.setRequestProperty("Content-Type", "application/json");
            connection.setDoOutput(true);
            try (OutputStream out = connection.getOutputStream()) {
                out.write(json);
            }
        }
        int status = connection.getResponseCode();
        try (InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            return answer(status, connection.getHeaderField("Location"), in == null ? new byte[0] : in.readAllBytes());
        }
    }

    private Answer patch(URI uri, String token, byte[] json) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(Duration.ofMillis(READ_MILLIS))
                .header("User-Agent", "latchkey-cli")
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofByteArray(json));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            HttpResponse<byte[]> response =
                    HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofByteArray());
            String location = response.headers().firstValue("Location").orElse(null);
            return answer(response.statusCode(), location, response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** A page of a proxy counts as nothing, unless it pretends to be what was asked for. */
    private Answer answer(int status, String location, byte[] body) throws IOException {
        if (status >= 300 && status < 400) {
            throw Problem.unavailable(server + " is not the library, but leads to " + location, null);
        }
        try {
            return new Answer(status, body.length == 0 ? MissingNode.getInstance() : Json.MAPPER.readTree(body));
        } catch (JsonProcessingException e) {
            if (status < 300) {
                throw notLatchkey(server);
            }
            return new Answer(status, MissingNode.getInstance());
        }
    }

    /** For answers that no Latchkey gives. */
    static Problem notLatchkey(ServerAddress server) {
        return Problem.unavailable("What answers at " + server + " is no Latchkey. Is the address right?", null);
    }

    /** Says why nothing came back, and what to look at. */
    static Problem unreachable(ServerAddress server, IOException e) {
        String why;
        if (e instanceof UnknownHostException) {
            why = "there is no such host";
        } else if (e instanceof ConnectException || e instanceof NoRouteToHostException) {
            why = "nothing answers there. Is the server running, and is the address right?";
        } else if (e instanceof SocketTimeoutException) {
            why = "it takes too long to answer";
        } else if (e instanceof SSLException) {
            why = "its certificate is not trusted, or it speaks no TLS: " + e.getMessage();
        } else {
            why = "the connection broke: " + e.getMessage();
        }
        return Problem.unavailable("Cannot reach " + server + ": " + why, null);
    }
}
