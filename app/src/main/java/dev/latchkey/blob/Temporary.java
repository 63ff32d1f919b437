package dev.latchkey.blob;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file that an upload is written to, until it is moved to its place or removed. */
final class Temporary implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Temporary.class);

    private final Path file;
    private final FileChannel channel;
    private final Runnable onClose;
    private boolean removedAtEnd;

    Temporary(Path file, FileChannel channel, Runnable onClose) {
        this(file, channel, onClose, true);
    }

    private Temporary(Path file, FileChannel channel, Runnable onClose, boolean removedAtEnd) {
        this.file = file;
        this.channel = channel;
        this.onClose = onClose;
        this.removedAtEnd = removedAtEnd;
    }

    /** One that stays when it is closed, unless it was moved. */
    static Temporary lasting(Path file, FileChannel channel) {
        return new Temporary(file, channel, () -> {}, false);
    }

    FileChannel channel() {
        return channel;
    }

    /** Makes the bytes survive a power cut; nothing is written after that. */
    void sync() throws IOException {
        if (channel.isOpen()) {
            channel.force(true);
            channel.close();
        }
    }

    void moveTo(Path target) throws IOException {
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
        removedAtEnd = false;
    }

    /** Removes the file unless it was moved; what cannot be removed now, the sweep removes later. */
    @Override
    public void close() {
        try {
            channel.close();
            if (removedAtEnd) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.warn("A temporary file stays until the next sweep", e);
        } finally {
            onClose.run();
        }
    }
}
