package dev.latchkey.api;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Splits a stream into the parts of a multipart body (RFC 2046, 5.1) at the speed of a disk: the delimiter is looked
 * for by Horspool's method, which reads one byte in about fifty, where the upload library looks at each.
 */
final class MultipartReader {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int MAX_HEADER_BYTES = 8 * 1024;
    private static final int MAX_PADDING_BYTES = 128;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final byte[] delimiter;
    private final int[] skip = new int[256];
    private final InputStream body = new Body();
    private int head;
    private int tail;
    /** Where the next delimiter begins in the buffer; -1 when it has not been seen yet. */
    private int found;

    MultipartReader(InputStream in, byte[] boundary) {
        this.in = in;
        delimiter = Arrays.copyOf("\r\n--".getBytes(StandardCharsets.US_ASCII), boundary.length + 4);
        System.arraycopy(boundary, 0, delimiter, 4, boundary.length);
        Arrays.fill(skip, delimiter.length);
        for (int i = 0; i < delimiter.length - 1; i++) {
            skip[delimiter[i] & 0xff] = delimiter.length - 1 - i;
        }
        // The first delimiter may stand at the very start, where no line break precedes it.
        buffer[0] = '\r';
        buffer[1] = '\n';
        tail = 2;
        search();
    }

    private void search() {
        int length = delimiter.length;
        found = -1;
        for (int end = head + length - 1; end < tail; end += skip[buffer[end] & 0xff]) {
            int start = end - length + 1;
            if (Arrays.equals(buffer, start, end + 1, delimiter, 0, length)) {
                found = start;
                return;
            }
        }
    }

    /**
     * Goes behind the next delimiter, past whatever stands before it.
     *
     * @return false when it was the closing one
     * @throws IOException when the stream ends before it, or fails
     */
    boolean next() throws IOException {
        while (ahead() > 0) {
            head += ahead();
        }
        head += delimiter.length;
        int first = read();
        int second = read();
        if (first == '-' && second == '-') {
            return false;
        }
        for (int padding = 0; padding < MAX_PADDING_BYTES && (first == ' ' || first == '\t'); padding++) {
            first = second;
            second = read();
        }
        if (first != '\r' || second != '\n') {
            throw new IOException("A delimiter is followed by something else");
        }
        return true;
    }

    /** The header of the part, with the empty line that ends it. */
    String header() throws IOException {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        int lineLength = 0;
        while (true) {
            int next = read();
            header.write(next);
            if (header.size() > MAX_HEADER_BYTES) {
                throw new IOException("The header of a part is too long");
            }
            if (next == '\n' && lineLength == 0) {
                search();
                return header.toString(StandardCharsets.UTF_8);
            }
            lineLength = next == '\n' ? 0 : next == '\r' ? lineLength : lineLength + 1;
        }
    }

    /** The bytes of the part, up to the next delimiter. */
    InputStream body() {
        return body;
    }

    private int read() throws IOException {
        if (head == tail) {
            fill();
        }
        return buffer[head++] & 0xff;
    }

    private void fill() throws IOException {
        System.arraycopy(buffer, head, buffer, 0, tail - head);
        tail -= head;
        head = 0;
        int count = in.read(buffer, tail, buffer.length - tail);
        if (count < 0) {
            throw new EOFException("The stream ends before the closing delimiter");
        }
        tail += count;
    }

    /** How many bytes before the next delimiter are in the buffer; 0 when it comes next. */
    private int ahead() throws IOException {
        while (found < 0) {
            int certain = tail - head - (delimiter.length - 1);
            if (certain > 0) {
                return certain;
            }
            fill();
            search();
        }
        return found - head;
    }

    private final class Body extends InputStream {
        @Override
        public int read() throws IOException {
            return ahead() == 0 ? -1 : MultipartReader.this.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = Math.min(length, ahead());
            if (count == 0) {
                return length == 0 ? 0 : -1;
            }
            System.arraycopy(buffer, head, target, offset, count);
            head += count;
            return count;
        }
    }
}
