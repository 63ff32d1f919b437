package dev.latchkey.api;

import dev.latchkey.error.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import org.eclipse.jetty.ee10.servlet.HttpOutput;

/** Writes a stretch of a file straight to Jetty, past Javalin's compression: files mostly are compressed already. */
final class FileSender {
    private static final int WHOLE_BYTES = 64 * 1024;
    private static final int BUFFER_BYTES = 256 * 1024;

    private FileSender() {}

    /** Sends {@code range} of {@code file} as the rest of the response, and returns when Jetty has taken all of it. */
    static void send(HttpServletResponse response, FileChannel file, ByteRange range) {
        try {
            HttpOutput out = (HttpOutput) response.getOutputStream();
            if (range.length() <= WHOLE_BYTES) {
                out.sendContent(read(file, range));
            } else {
                response.setBufferSize(BUFFER_BYTES);
                out.sendContent(new Stretch(file, range));
            }
        } catch (IOException e) {
            throw Problem.unavailable("The download broke off.", null);
        }
    }

    private static ByteBuffer read(FileChannel file, ByteRange range) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) range.length());
        while (bytes.hasRemaining()) {
            if (file.read(bytes, range.first() + bytes.position()) < 0) {
                throw new EOFException();
            }
        }
        return bytes.flip();
    }

    /** The part of a file that a range names, as a channel of its own. */
    private static final class Stretch implements ReadableByteChannel {
        private final FileChannel file;
        private final long end;
        private long position;

        Stretch(FileChannel file, ByteRange range) {
            this.file = file;
            this.position = range.first();
            this.end = range.last() + 1;
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            if (position == end) {
                return -1;
            }
            int limit = target.limit();
            target.limit((int) Math.min(limit, target.position() + (end - position)));
            int count = file.read(target, position);
            target.limit(limit);
            if (count < 0) {
                throw new EOFException("The file is shorter than it was");
            }
            position += count;
            return count;
        }

        @Override
        public boolean isOpen() {
            return file.isOpen();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
