package dev.latchkey.http;

import dev.latchkey.error.Problem;
import io.javalin.http.Context;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;

/**
 * The body of a request, which breaks off with an {@link IOException} when its sender dribbles it to hold a thread. Only
 * the time spent waiting for the sender counts: a server that is busy itself never takes anyone for an attacker, as Jetty's
 * own limit does.
 */
public final class RequestBody extends FilterInputStream {
    /** Slower bodies are an attack, or nothing that anyone would wait for. */
    private static final long MIN_BYTES_PER_SECOND = 500;
    /** Enough for a phone between two cells, and for a server that gets no processor for a while. */
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final LongSupplier nanos;
    private long waited;
    private long arrived;

    RequestBody(InputStream in, LongSupplier nanos) {
        super(in);
        this.nanos = nanos;
    }

    /** The bytes of this request. @throws Problem 400 {@code malformed} when they cannot be read at all */
    public static InputStream of(Context ctx) {
        try {
            return new RequestBody(ctx.req().getInputStream(), System::nanoTime);
        } catch (IOException e) {
            throw Problem.malformed("The body cannot be read.");
        }
    }

    /** Ends the connection of this request, from any thread: whoever reads its body hears that it broke off. */
    public static Runnable hangUp(Context ctx) {
        EndPoint connection = ServletContextRequest.getServletContextRequest(ctx.req())
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint();
        return connection::close;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        long start = nanos.getAsLong();
        int read = super.read(buffer, offset, length);
        waited += nanos.getAsLong() - start;
        if (read > 0) {
            arrived += read;
            requirePace();
        }
        return read;
    }

    private void requirePace() throws IOException {
        if (waited > GRACE_NANOS && arrived < MIN_BYTES_PER_SECOND * TimeUnit.NANOSECONDS.toSeconds(waited)) {
            throw new IOException("The body comes too slowly");
        }
    }
}
