package dev.latchkey.harness;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A multipart/form-data body (RFC 7578) as browsers write it, file by file. */
public final class Multipart {
    private static final String BOUNDARY = "----latchkey-test-boundary";

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    /** A body with one file in the field {@code files}. */
    public static Multipart file(String filename, byte[] bytes) {
        return new Multipart().and(filename, bytes);
    }

    /** One more file in the field {@code files}. */
    public Multipart and(String filename, byte[] bytes) {
        return part("files", filename, bytes);
    }

    public Multipart part(String field, String filename, byte[] bytes) {
        String quoted = filename.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
        return raw(
                "Content-Disposition: form-data; name=\"" + field + "\"; filename=\"" + quoted + "\"\r\n"
                        + "Content-Type: application/octet-stream",
                bytes);
    }

    /** A part with exactly these header lines. */
    public Multipart raw(String headers, byte[] bytes) {
        body.writeBytes(("--" + BOUNDARY + "\r\n" + headers + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
        body.writeBytes(bytes);
        body.writeBytes(new byte[] {'\r', '\n'});
        return this;
    }

    public String contentType() {
        return "multipart/form-data; boundary=" + BOUNDARY;
    }

    public byte[] bytes() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(body.toByteArray());
        whole.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return whole.toByteArray();
    }
}
