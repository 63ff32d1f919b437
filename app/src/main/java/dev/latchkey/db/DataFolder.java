package dev.latchkey.db;

import dev.latchkey.crypto.PrivateFiles;
import dev.latchkey.error.Problem;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** The folder that holds everything Latchkey keeps: private, local, and used by one process at a time. */
public final class DataFolder implements AutoCloseable {
    private static final Set<String> NETWORK = Set.of(
            "nfs",
            "nfs4",
            "cifs",
            "smb",
            "smb2",
            "smb3",
            "smbfs",
            "afs",
            "9p",
            "ceph",
            "glusterfs",
            "fuse.sshfs",
            "davfs");

    private final Path root;
    private final FileChannel lockFile;

    private DataFolder(Path root, FileChannel lockFile) {
        this.root = root;
        this.lockFile = lockFile;
    }

    /**
     * Makes the folder where there is none, takes the instance lock and prepares its parts.
     *
     * @throws Problem when it is on a network drive, in use by another process, or cannot be written
     */
    public static DataFolder open(Path path) {
        Path root = path.toAbsolutePath().normalize();
        try {
            PrivateFiles.folder(root);
            refuseNetworkDrive(root);
            DataFolder folder = new DataFolder(root, lock(root));
            folder.prepare();
            return folder;
        } catch (IOException e) {
            throw Problem.unavailable("The data folder " + root + " cannot be used: " + e, e);
        }
    }

    private static void refuseNetworkDrive(Path root) throws IOException {
        String type = Files.getFileStore(root).type().toLowerCase(Locale.ROOT);
        if (NETWORK.contains(type)) {
            throw Problem.unavailable(
                    "The data folder " + root + " is on a network drive (" + type
                            + "), where a database can break. Set data_dir to a folder on a disk of this machine.",
                    null);
        }
    }

    @SuppressWarnings("resource") // the lock lives as long as its channel, which close() ends
    private static FileChannel lock(Path root) throws IOException {
        FileChannel channel =
                FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // held inside this very process: refused below like any other holder
        }
        if (lock == null) {
            channel.close();
            throw Problem.unavailable(
                    "Another Latchkey is running with the data folder " + root
                            + ". Stop it first, or set data_dir to another folder.",
                    null);
        }
        return channel;
    }

    private void prepare() throws IOException {
        PrivateFiles.folder(blobs());
        PrivateFiles.folder(temporary());
        wipe(root.resolve("native"));
        PrivateFiles.folder(root.resolve("native"));
        // The driver unpacks its native library here; the shared /tmp could be read-only, noexec or watched.
        System.setProperty("org.sqlite.tmpdir", root.resolve("native").toString());
    }

    private static void wipe(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    /** The database file. */
    public Path database() {
        return root.resolve("latchkey.db");
    }

    /** What the database takes on the disk, its log of the last changes included. */
    public long databaseBytes() {
        return size(database()) + size(file("latchkey.db-wal"));
    }

    /** 0 for a file that is not there. */
    private static long size(Path file) {
        return file.toFile().length();
    }

    /** The folder of stored files, by hash. */
    public Path blobs() {
        return root.resolve("blobs");
    }

    /** The folder of small pictures of stored files. */
    public Path thumbnails() {
        return root.resolve("thumbnails");
    }

    /** The folder of files that are still arriving; on the same file system as {@link #blobs}. */
    public Path temporary() {
        return root.resolve("tmp");
    }

    /** A file directly in the data folder. */
    public Path file(String name) {
        return root.resolve(name);
    }

    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            throw Problem.unavailable("The lock of the data folder cannot be released", e);
        }
    }
}
