package dev.latchkey.api;

import dev.latchkey.error.Problem;
import dev.latchkey.error.Problem.Kind;
import dev.latchkey.http.RequestBody;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.commons.fileupload2.core.DiskFileItem;
import org.apache.commons.fileupload2.core.DiskFileItemFactory;
import org.apache.commons.fileupload2.core.FileItemHeaders;
import org.apache.commons.fileupload2.core.MultipartInput;
import org.apache.commons.fileupload2.jakarta.servlet6.JakartaServletFileUpload;

/**
 * The parts of a form (RFC 7578), one after the other and never held in memory. The library's own iterator reads
 * through 4 KB; this one reads through enough to keep a disk busy.
 */
final class Parts {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int MAX_HEADER_BYTES = 8 * 1024;

    private final JakartaServletFileUpload<DiskFileItem, DiskFileItemFactory> fields = new JakartaServletFileUpload<>();
    private final MultipartInput input;
    private FileItemHeaders headers;
    private InputStream body;
    /** What the delimiter behind the current part says; null until it was read. */
    private Boolean another;

    private boolean broken;

    private Parts(Context ctx) throws IOException {
        byte[] boundary = fields.getBoundary(ctx.header(Header.CONTENT_TYPE));
        if (boundary == null || boundary.length == 0 || boundary.length > 70) { // RFC 2046, 5.1.1
            throw malformed();
        }
        input = MultipartInput.builder()
                .setInputStream(RequestBody.of(ctx))
                .setBoundary(boundary)
                .setBufferSize(BUFFER_BYTES)
                .setMaxPartHeaderSize(MAX_HEADER_BYTES)
                .get();
        input.setHeaderCharset(StandardCharsets.UTF_8);
    }

    /** @throws Problem 415 for anything but a form, 400 {@code malformed} for one without a boundary */
    static Parts of(Context ctx) {
        String type = ctx.header(Header.CONTENT_TYPE); // Jetty's own reading fails on an unknown charset
        if (type == null || !type.split(";", 2)[0].strip().equalsIgnoreCase("multipart/form-data")) {
            throw Problem.of(
                    Kind.UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", "Send files as multipart/form-data.");
        }
        try {
            return new Parts(ctx);
        } catch (IOException e) {
            throw malformed();
        }
    }

    /** Goes to the next part, past what is left of this one; false behind the last one, or where the form breaks. */
    boolean next() {
        try {
            if (broken || !advance()) {
                return false;
            }
            headers = fields.getParsedHeaders(input.readHeaders());
            another = null;
            body = new Body(input.newInputStream());
            return true;
        } catch (IOException | IllegalStateException | IllegalArgumentException | IndexOutOfBoundsException e) {
            broken = true; // the library's parser of headers has no exception of its own for some nonsense
            return false;
        }
    }

    private boolean advance() throws IOException {
        if (body == null) {
            broken = !input.skipPreamble(); // a form has one part at least
            return !broken;
        }
        if (another == null) {
            body.close();
            another = input.readBoundary();
        }
        return another;
    }

    /** Ends only where a delimiter ends it: a file that is followed by anything else is not taken for whole. */
    private final class Body extends FilterInputStream {
        Body(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            return another == null ? checked(super.read()) : -1;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            return another == null ? checked(super.read(buffer, offset, length)) : -1;
        }

        private int checked(int read) throws IOException {
            if (read >= 0) {
                return read;
            }
            try {
                another = input.readBoundary();
                return read;
            } catch (IOException e) {
                broken = true;
                throw e;
            }
        }
    }

    /** @throws Problem 400 {@code malformed} when the form broke off or made no sense */
    void requireWhole() {
        if (broken) {
            throw malformed();
        }
    }

    /** The name of the form's field; null when the part has none. */
    String field() {
        return fields.getFieldName(headers);
    }

    /** As the sender wrote it; null when there is none. */
    String fileName() {
        return fields.getFileName(headers);
    }

    /** The bytes of this part, until {@link #next}. */
    InputStream body() {
        return body;
    }

    private static Problem malformed() {
        return Problem.malformed("The form is not well-formed multipart/form-data, or ended too early.");
    }
}
