package dev.latchkey.harness;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One request in the making; nothing leaves before {@link #send()} or one of the expectations. */
public final class Call {
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private static final ContractCheck CONTRACT = ContractCheck.shipped();

    private final HttpRequest.Builder request;
    private final String method;
    private final String path;
    private byte[] body;

    Call(URI base, String method, String path) {
        this.request = HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(60));
        this.method = method;
        this.path = path;
    }

    public Call header(String name, String value) {
        request.header(name, value);
        return this;
    }

    /** With the session token of {@code person}. */
    public Call as(Person person) {
        return bearer(person.token());
    }

    public Call bearer(String token) {
        return header("Authorization", "Bearer " + token);
    }

    public Call cookie(String nameAndValue) {
        return header("Cookie", nameAndValue);
    }

    /** A JSON object of these names and values, in turns. */
    public Call json(Object... namesAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        try {
            return body("application/json", Reply.JSON.writeValueAsBytes(object));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** A form of these names and values, in turns. */
    public Call form(String... namesAndValues) {
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            pairs.add(encoded(namesAndValues[i]) + "=" + encoded(namesAndValues[i + 1]));
        }
        return text("application/x-www-form-urlencoded", String.join("&", pairs));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    public Call text(String contentType, String text) {
        return body(contentType, text.getBytes(StandardCharsets.UTF_8));
    }

    public Call body(String contentType, byte[] bytes) {
        header("Content-Type", contentType);
        body = bytes;
        return this;
    }

    /** A body of no stated type, as {@code curl -T} sends it. */
    public Call body(byte[] bytes) {
        body = bytes;
        return this;
    }

    public Call multipart(Multipart multipart) {
        return body(multipart.contentType(), multipart.bytes());
    }

    /** Sends the request and returns whatever the answer is. */
    public Reply send() {
        request.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        try {
            HttpResponse<byte[]> response = CLIENT.send(request.build(), FirstEvent.orBytes());
            return checked(new Reply(
                    method, path, response.statusCode(), response.headers().map(), response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Whatever a test is about, the answer has to be one that {@code openapi.yaml} describes. */
    private static Reply checked(Reply reply) {
        String type = reply.headers().containsKey("Content-Type") ? reply.header("Content-Type") : null;
        CONTRACT.check(reply.method(), reply.path(), reply.status(), type, reply.body());
        return reply;
    }

    /** Sends the request; fails with the answer in the message unless the status is this one. */
    public Reply expect(int status) {
        return send().expect(status);
    }

    /** Sends the request; fails unless it is answered with this problem of API.md. */
    public Reply refused(int status, String code) {
        return send().refused(status, code);
    }
}
