package dev.latchkey.crypto;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files and folders that only the user who runs Latchkey may read, written so that they are whole or absent. */
public final class PrivateFiles {
    private static final FileAttribute<Set<PosixFilePermission>> ONLY_OWNER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

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

    /**
     * Opens a file for reading and writing, and makes it, mode 0600, where there is none. A link is no file, and not followed.
     *
     * @throws IOException also for a link or a folder of that name
     */
    public static FileChannel open(Path path) throws IOException {
        Set<OpenOption> options = Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS);
        return posix(path.toAbsolutePath().getParent())
                ? FileChannel.open(path, options, ONLY_OWNER)
                : FileChannel.open(path, options);
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
