package dev.latchkey.harness;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Speaks tus 1.0.0 for one person. */
public final class TusClient {
    public static final String PIECE = "application/offset+octet-stream";

    private final Http http;

    /** For somebody with a session; {@code person} null sends no credential. */
    public TusClient(Http http, Person person) {
        Http speaking = http.with("Tus-Resumable", "1.0.0");
        this.http = person == null ? speaking : speaking.with("Authorization", "Bearer " + person.token());
    }

    public Call begin(long length) {
        return begin(Long.toString(length));
    }

    public Call begin(String length) {
        return http.post("/api/uploads").header("Upload-Length", length);
    }

    public Call begin(long length, String filename) {
        String name = Base64.getEncoder().encodeToString(filename.getBytes(StandardCharsets.UTF_8));
        return begin(length).header("Upload-Metadata", "filename " + name);
    }

    /** The path of a new upload. */
    public String begun(long length) {
        return begin(length, "a.txt").expect(201).header("Location");
    }

    public Call piece(String path, long offset, byte[] bytes) {
        return piece(path, Long.toString(offset), bytes);
    }

    public Call piece(String path, String offset, byte[] bytes) {
        return http.patch(path).header("Upload-Offset", offset).body(PIECE, bytes);
    }

    public Call look(String path) {
        return http.head(path);
    }

    /** How much of an upload has come; waits for a request that is still at it. */
    public long offset(String path) {
        Reply reply = look(path).send();
        while (reply.status() == 423) {
            reply = look(path).send();
        }
        return Long.parseLong(reply.expect(200).header("Upload-Offset"));
    }

    public Call end(String path) {
        return http.delete(path);
    }
}
