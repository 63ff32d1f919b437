package dev.latchkey.api;

import dev.latchkey.crypto.Secrets;
import dev.latchkey.error.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

/** The jar that we run from, which is also the command line that others install. Safe for use by many threads. */
public final class RunningJar {
    private static final int BUFFER_BYTES = 256 * 1024;

    /** By what a file is known to be the same one still. */
    private record Look(FileTime modified, long size, Object key) {}

    private record Known(Look look, String sha256) {}

    /** The jar's bytes, and what they are known by. */
    record Opened(FileChannel bytes, long size, String sha256) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            bytes.close();
        }
    }

    private final Optional<Path> path;
    private Known known;

    /** @param path the jar; empty where there is none, and then every use is refused with {@code no_jar} */
    public RunningJar(Optional<Path> path) {
        this.path = path;
    }

    /** The jar that this very class comes from; none when it comes from a folder of classes. */
    public static RunningJar here() {
        CodeSource source = RunningJar.class.getProtectionDomain().getCodeSource();
        if (source == null) {
            return new RunningJar(Optional.empty());
        }
        try {
            Path path = Path.of(source.getLocation().toURI());
            return new RunningJar(Optional.of(path).filter(Files::isRegularFile));
        } catch (URISyntaxException | IllegalArgumentException e) {
            return new RunningJar(Optional.empty());
        }
    }

    /**
     * Opens the jar. Its digest is computed at first use, and again when the file has become another one.
     *
     * @throws Problem 404 {@code no_jar} where there is none, 503 when it cannot be read
     */
    Opened open() {
        Path jar = path.orElseThrow(RunningJar::none);
        FileChannel bytes = null;
        try {
            Look look =
                    look(jar); // before it is opened: a file that is swapped in between is looked at again next time
            bytes = FileChannel.open(jar);
            return new Opened(bytes, bytes.size(), sha256(look, bytes));
        } catch (IOException e) {
            close(bytes);
            throw e instanceof NoSuchFileException
                    ? none()
                    : Problem.unavailable("The server cannot read its own jar.", e);
        }
    }

    private static Look look(Path jar) throws IOException {
        BasicFileAttributes now = Files.readAttributes(jar, BasicFileAttributes.class);
        return new Look(now.lastModifiedTime(), now.size(), now.fileKey());
    }

    private synchronized String sha256(Look look, FileChannel bytes) throws IOException {
        if (known == null || !known.look().equals(look)) {
            known = new Known(look, sha256(bytes));
        }
        return known.sha256();
    }

    private static String sha256(FileChannel bytes) throws IOException {
        MessageDigest sha256 = Secrets.sha256();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        while (bytes.read(buffer) >= 0) {
            sha256.update(buffer.flip());
            buffer.clear();
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    private static void close(FileChannel bytes) {
        try {
            if (bytes != null) {
                bytes.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Problem none() {
        return Problem.of(
                Problem.Kind.NOT_FOUND,
                "no_jar",
                "This server does not run from a jar, so it has none to give. Start it with java -jar latchkey.jar.");
    }
}
