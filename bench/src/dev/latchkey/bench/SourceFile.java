package dev.latchkey.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;

/** A big file of random bytes that can be made into another file of the same size by changing its start. */
final class SourceFile {
    private static final int BLOCK = 1 << 20;

    private final Path path;
    private final long size;
    private final SplittableRandom random = new SplittableRandom();

    SourceFile(Path path, long size) throws IOException {
        this.path = path;
        this.size = size;
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (long at = 0; at < size; at += BLOCK) {
                file.write(ByteBuffer.wrap(randomBytes((int) Math.min(BLOCK, size - at))));
            }
            file.force(true);
        }
    }

    Path path() {
        return path;
    }

    long size() {
        return size;
    }

    /** Makes it a file that no server has seen. */
    void renew() throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(randomBytes(4096)), 0);
            file.force(true);
        }
    }

    /** Stores it by {@code PUT /api/media/raw}, and gives back the answer. */
    Reply upload(Wire wire, String token) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            return wire.put("/api/media/raw?filename=large.bin", token, size, channel -> {
                for (long at = 0; at < size; ) {
                    at += file.transferTo(at, size - at, channel);
                }
            });
        }
    }

    private byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
