package dev.latchkey.blob;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file that has arrived whole in the temporary folder, and is gone when closed unless {@link Blobs} kept it. */
public final class IncomingBlob implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IncomingBlob.class);

    private final Path file;
    private final FileChannel channel;
    private final Map<String, byte[]> digests;
    private final String sha256;
    private final long size;
    private final byte[] head;
    private boolean moved;
    private boolean synced;

    IncomingBlob(Path file, FileChannel channel, Map<String, byte[]> digests, long size, byte[] head) {
        this.file = file;
        this.channel = channel;
        this.digests = digests;
        this.sha256 = HexFormat.of().formatHex(digests.get("SHA-256"));
        this.size = size;
        this.head = head;
    }

    /** In lower-case hexadecimal. */
    public String sha256() {
        return sha256;
    }

    /** In bytes. */
    public long size() {
        return size;
    }

    /** The first bytes, to tell the type by; all of them when the file is short. */
    public byte[] head() {
        return head.clone();
    }

    /** The digest by an algorithm that was asked for; always there for {@code SHA-256}. */
    public byte[] digest(String algorithm) {
        return digests.get(algorithm).clone();
    }

    /** Makes the bytes survive a power cut. */
    void sync() throws IOException {
        if (!synced) {
            channel.force(true);
            channel.close();
            synced = true;
        }
    }

    void moveTo(Path target) throws IOException {
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
        moved = true;
    }

    @Override
    public void close() {
        discard(channel, moved ? null : file);
    }

    /** Closes and removes what is not wanted; what cannot be removed now, the sweep removes later. */
    static void discard(FileChannel channel, Path file) {
        try {
            channel.close();
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.warn("A temporary file stays until the next sweep", e);
        }
    }
}
