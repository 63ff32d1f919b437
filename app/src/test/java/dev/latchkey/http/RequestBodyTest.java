package dev.latchkey.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RequestBodyTest {
    private final AtomicLong nanos = new AtomicLong();

    @Test
    void aSenderThatDribblesIsCutOff() throws IOException {
        RequestBody body = sending(100, TimeUnit.SECONDS.toNanos(1));

        assertThat(body.readNBytes(1000)).hasSize(1000);
        assertThatThrownBy(() -> body.readNBytes(100)).isInstanceOf(IOException.class);
    }

    @Test
    void aSlowLineMayGoOnForEver() throws IOException {
        RequestBody body = sending(600, TimeUnit.SECONDS.toNanos(1));

        assertThat(body.readNBytes(60_000)).hasSize(60_000);
    }

    @Test
    void onlyWaitingForTheSenderCounts() throws IOException {
        RequestBody body = sending(1, 1000);

        for (int i = 0; i < 100; i++) {
            assertThat(body.read()).isZero();
            nanos.addAndGet(TimeUnit.SECONDS.toNanos(1)); // the server writes to a slow disk
        }
    }

    /** A body of zeros that comes in pieces of this size, each after so long a wait. */
    private RequestBody sending(int piece, long wait) {
        InputStream sender = new InputStream() {
            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                nanos.addAndGet(wait);
                return Math.min(piece, length);
            }
        };
        return new RequestBody(sender, nanos::get);
    }
}
