package dev.latchkey.blob;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;

/** A file that has arrived whole in the temporary folder, and is gone when closed unless {@link Blobs} kept it. */
public final class IncomingBlob implements AutoCloseable {
    private final Temporary temporary;
    private final Map<String, byte[]> digests;
    private final String sha256;
    private final long size;
    private final byte[] head;

    IncomingBlob(Temporary temporary, Map<String, byte[]> digests, long size, byte[] head) {
        this.temporary = temporary;
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
        temporary.sync();
    }

    void moveTo(Path target) throws IOException {
        temporary.moveTo(target);
    }

    @Override
    public void close() {
        temporary.close();
    }
}
