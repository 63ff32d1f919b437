package dev.latchkey.crypto;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;

/** Files and folders that only the user who runs Latchkey may read, written so that they are whole or absent. */
public final class PrivateFiles {
    private PrivateFiles() {}

    /** Replaces {@code path} by {@code text}, mode 0600: temporary file, fsync, rename, fsync of the folder. */
    public static void write(Path path, String text) throws IOException {
        Path temporary = path.resolveSibling(path.getFileName() + ".new");
        Files.deleteIfExists(temporary);
        try (FileChannel channel =
                FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            restrict(temporary, "rw-------");
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
        syncFolder(path.toAbsolutePath().getParent());
    }

    /** Makes a folder where there is none, mode 0700. */
    public static void folder(Path path) throws IOException {
        if (!Files.isDirectory(path)) { // may be a link to one, which createDirectories refuses
            Files.createDirectories(path);
        }
        restrict(path, "rwx------");
    }

    /** Makes a rename inside {@code folder} survive a power cut; does nothing where folders cannot be synced. */
    public static void syncFolder(Path folder) throws IOException {
        if (posix(folder)) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static void restrict(Path path, String permissions) throws IOException {
        if (posix(path)) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        }
    }

    private static boolean posix(Path path) {
        return Files.getFileAttributeView(path, PosixFileAttributeView.class) != null;
    }
}
