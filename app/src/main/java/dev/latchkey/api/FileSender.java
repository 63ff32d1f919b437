package dev.latchkey.api;

import dev.latchkey.error.Problem;
import io.javalin.http.Context;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.eclipse.jetty.ee10.servlet.HttpOutput;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.RetainableByteBuffer;

/**
 * Writes a stretch of a file straight to Jetty, past Javalin's compression: files mostly are compressed already. Bytes
 * go through one pooled buffer outside the heap, which both the file and the socket work with directly.
 */
final class FileSender {
    private static final int BUFFER_BYTES = 256 * 1024;

    private FileSender() {}

    /** Sends {@code range} of {@code file} as the rest of the response, and returns when Jetty has taken all of it. */
    static void send(Context ctx, FileChannel file, ByteRange range) {
        RetainableByteBuffer pooled = acquire(ctx, (int) Math.min(BUFFER_BYTES, range.length()));
        try {
            HttpOutput out = (HttpOutput) ctx.res().getOutputStream();
            ByteBuffer buffer = pooled.getByteBuffer();
            long position = range.first();
            while (position <= range.last()) {
                fill(buffer, file, position, range.last() + 1 - position);
                position += buffer.remaining();
                out.write(buffer);
            }
        } catch (IOException e) {
            throw Problem.unavailable("The download broke off.", null);
        } finally {
            pooled.release();
        }
    }

    private static RetainableByteBuffer acquire(Context ctx, int bytes) {
        return ServletContextRequest.getServletContextRequest(ctx.req())
                .getComponents()
                .getByteBufferPool()
                .acquire(bytes, true);
    }

    private static void fill(ByteBuffer buffer, FileChannel file, long position, long wanted) throws IOException {
        buffer.clear();
        buffer.limit((int) Math.min(buffer.capacity(), wanted));
        while (buffer.hasRemaining()) {
            if (file.read(buffer, position + buffer.position()) < 0) {
                throw new EOFException("The file is shorter than it was");
            }
        }
        buffer.flip();
    }
}
