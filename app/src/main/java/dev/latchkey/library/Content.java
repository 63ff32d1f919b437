package dev.latchkey.library;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;

/** A medium with its bytes, opened; whoever asked closes it. */
public record Content(Media media, FileChannel bytes) implements Closeable {
    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
